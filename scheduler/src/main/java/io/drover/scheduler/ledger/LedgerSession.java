package io.drover.scheduler.ledger;

/** The state inside one transaction. Used by one thread, and not after the transaction. */
public interface LedgerSession {
  Hosts hosts();

  Subjects subjects();

  Claims claims();

  VolumeBindings volumes();

  Outcomes outcomes();

  WaitingPlacements waitingPlacements();

  HostRecords hostRecords();

  PlacementPositions placementPositions();
}
