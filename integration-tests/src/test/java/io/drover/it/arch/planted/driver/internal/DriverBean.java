package io.drover.it.arch.planted.driver.internal;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public final class DriverBean {}
