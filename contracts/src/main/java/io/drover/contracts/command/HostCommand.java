package io.drover.contracts.command;

/** A command to one host, on that host's own topic. Generation and epoch are set. */
public sealed interface HostCommand extends Command
    permits StartDomain,
        CreateVolume,
        StopDomain,
        DeleteDomain,
        DeleteVolume,
        OperateDomain,
        AbortOperation {
  /** The same command, addressed by the scheduler. */
  HostCommand withHeader(CommandHeader header);
}
