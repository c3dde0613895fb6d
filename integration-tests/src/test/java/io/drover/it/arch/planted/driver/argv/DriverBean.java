package io.drover.it.arch.planted.driver.argv;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
final class DriverBean {}
