package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * A disk has another size.
 *
 * @param target the disk's name
 * @param sizeBytes its capacity in bytes, as the guest sees it
 */
@JsonTypeName("disk-resized")
public record DiskResized(String target, long sizeBytes) implements LiveResult {}
