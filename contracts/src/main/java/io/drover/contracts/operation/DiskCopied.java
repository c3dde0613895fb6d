package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * The guest uses the copy.
 *
 * @param target the disk's name
 * @param bytes how many were copied
 */
@JsonTypeName("disk-copied")
public record DiskCopied(String target, long bytes) implements LiveResult {}
