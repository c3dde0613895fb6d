package io.drover.contracts.event;

import io.drover.contracts.id.HostId;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;

/**
 * A running domain has changed without an operation that waited for it, as when its guest has
 * released a disk after the detaching had timed out. The envelope names the operation that had
 * asked for it, which has failed before; none when nobody had.
 *
 * @param change the operation that would have done the same, on the running domain alone
 * @param result what its success tells
 */
public record DomainModified(HostId hostId, LiveOperation<?> change, LiveResult result)
    implements Event {}
