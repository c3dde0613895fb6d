package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * A disk is attached.
 *
 * @param target the disk's name, as in {@code vdb}
 * @param alias its device's id in QEMU; empty when only the next start has it
 */
@JsonTypeName("disk-attached")
public record DiskAttached(String target, String alias) implements LiveResult {}
