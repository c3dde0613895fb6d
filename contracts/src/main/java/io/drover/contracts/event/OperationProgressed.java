package io.drover.contracts.event;

/**
 * How far a long operation on a running domain is; the envelope names it.
 *
 * @param operation its name, as in {@code blockcopy}
 * @param done how much of {@code total} is done, in bytes
 * @param total how much there is to do, in bytes; it may grow while the guest writes
 */
public record OperationProgressed(String operation, long done, long total) implements Event {}
