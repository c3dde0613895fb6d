package io.drover.driver;

/**
 * An emulator that is there and cannot be used.
 *
 * @param path where it is
 * @param reason why, as a sentence
 */
public record RejectedEmulator(String path, String reason) {}
