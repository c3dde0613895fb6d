package io.drover.contracts.command;

/** A command from the gateway, on {@code drover.domain-commands}. Generation and epoch are 0. */
public sealed interface SchedulerCommand extends Command
    permits PlaceDomain,
        PlaceVolume,
        StopDomain,
        DeleteDomain,
        DeleteVolume,
        OperateDomain,
        AbortOperation,
        AdministerHost {}
