package io.drover.gateway.host;

import io.drover.contracts.report.HostState;
import java.util.List;

/** The stored hosts. Every call belongs to the transaction at hand. */
public interface KnownHosts {
  /** In the order of their names; those that were removed included. */
  List<HostState> all();

  /** Keeps the latest record of a host. */
  void keep(HostState state);
}
