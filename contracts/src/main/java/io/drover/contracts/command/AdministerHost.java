package io.drover.contracts.command;

/**
 * What an operator does to a host; its subject is the host's id, and its project {@link
 * io.drover.contracts.id.ProjectId#NONE}.
 *
 * @param reason why, as the operator put it; empty when none was given
 * @param force whether the host is removed although it is up or has claims
 */
public record AdministerHost(CommandHeader header, HostAction action, String reason, boolean force)
    implements SchedulerCommand {}
