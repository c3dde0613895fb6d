package io.drover.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The agent's own settings; each is also an environment variable, as in DROVER_AGENT_ROOT. */
@ConfigMapping(prefix = "drover")
public interface AgentConfig {
  /** The driver's root: an absolute folder that this agent alone uses. */
  Path agentRoot();

  /** The host's UUID. When absent, one is made at the first start and kept in the root. */
  Optional<String> hostId();

  /** The host's name for people. When absent, the machine's host name. */
  Optional<String> hostName();

  /** How the gateway reaches this agent's consoles. */
  URI agentUrl();

  /** Where images come from: https, or http on loopback alone. */
  URI gatewayUrl();

  /** Where disk keys come from: https, or http on loopback alone. */
  URI secretsUrl();

  /**
   * The unprivileged user that QEMU runs as: an agent of root needs one, others cannot have one.
   * The word root lets QEMU run as root, which each start reports.
   */
  Optional<String> qemuUser();

  /**
   * The name servers of tenants' guests, IPv4 addresses separated by commas. When absent, those of
   * this host, and where these are this host itself, the ones that systemd-resolved asks.
   */
  Optional<List<String>> guestResolvers();

  /**
   * The schedulers' Ed25519 public keys (PEM): commands that none of them has signed are refused.
   */
  Path schedulerKeysFile();

  /** The gateways' Ed25519 public keys (PEM): no console is opened without a ticket of theirs. */
  Path gatewayKeysFile();

  /** This host's key, base64 of 32 bytes, made of the bus' key: it seals events and reports. */
  Path hostKeyFile();

  /** Kafka's bootstrap servers. */
  String kafka();

  /** Virtual CPUs that may be claimed for each real one. */
  @WithDefault("4.0")
  double vcpuOvercommit();

  /** Memory in MiB that is kept for the host and is never claimed. */
  @WithDefault("1024")
  long memoryReserveMib();

  /** Disk in MiB that is kept for journals, logs and images and that volumes do not get. */
  @WithDefault("2048")
  long diskReserveMib();

  /**
   * Disk in MiB that volumes may take in all, where others use the same file system. When absent,
   * the whole of it but the reserve.
   */
  Optional<Long> volumeDiskMib();

  /** The pause between two heartbeats. */
  @WithDefault("2s")
  Duration reportEvery();

  /**
   * How long a key's grant may be awaited. A grant follows a placement within milliseconds, unless
   * the secrets-service is being started again.
   */
  @WithDefault("60s")
  Duration keyDeadline();

  /** How long a guest may take to shut down once asked; after that the operation fails. */
  @WithDefault("5m")
  Duration shutdownDeadline();

  /** Disk space in MiB that cached images may take. */
  @WithDefault("20480")
  long imageCacheMib();

  /** Unsent events in MiB; above it QMP events are dropped and counted, domain events never. */
  @WithDefault("256")
  long spoolMib();

  /**
   * How many QMP events, and how many changes of state, a domain may cause in a second; ten
   * seconds' worth at once. What is above it is dropped and counted, its last state is always
   * published.
   */
  @WithDefault("10")
  int eventRate();

  /** How many commands of different subjects may run at the same time. */
  @WithDefault("128")
  int commandThreads();
}
