package io.drover.it.arch.planted.contracts.event;

import org.slf4j.Logger;

/** Every part would need the logger too. */
public record EventWithLogger(Logger log) {}
