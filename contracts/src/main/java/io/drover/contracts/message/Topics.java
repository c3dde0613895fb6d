package io.drover.contracts.message;

import io.drover.contracts.id.HostId;

/** Names of the Kafka topics; {@code asyncapi.yaml} documents each. */
public final class Topics {
  public static final String DOMAIN_COMMANDS = "drover.domain-commands";
  public static final String DOMAIN_EVENTS = "drover.domain-events";
  public static final String PLACEMENTS = "drover.placements";
  public static final String DOMAIN_STATE = "drover.domain-state";
  public static final String INVENTORY = "drover.inventory";
  public static final String QMP_EVENTS = "drover.qmp-events";
  public static final String HOST_REPORTS = "drover.host-reports";
  public static final String HOSTS = "drover.hosts";
  public static final String DEAD_LETTERS = "drover.dead-letters";
  public static final String AUDIT = "drover.audit";

  private Topics() {}

  /** The one-partition topic that only this host's agent reads. */
  public static String hostCommands(HostId host) {
    return "drover.host." + host + ".commands";
  }
}
