package io.drover.driver.probe;

/**
 * An emulator that is there and cannot be used.
 *
 * @param path where it is
 * @param reason why, as a sentence
 */
public record LeftOut(String path, String reason) {}
