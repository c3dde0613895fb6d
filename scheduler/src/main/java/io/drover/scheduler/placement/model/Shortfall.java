package io.drover.scheduler.placement.model;

/**
 * What a host lacked.
 *
 * @param words the end of a sentence that begins with the request, as in {@code needs 3072 MiB more
 *     memory on host a}
 * @param shortfall how much, as a share of what was asked; smaller is nearer
 */
public record Shortfall(String words, double shortfall) {}
