package io.drover.scheduler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** All settings of the scheduler that are its own. Changed by the operator, read at start. */
@ConfigMapping(prefix = "scheduler")
public interface SchedulerSettings {
  /** Bootstrap servers of the Kafka cluster. */
  String kafka();

  /** The Ed25519 key (PKCS#8, PEM) that commands to hosts are signed by; readable by its owner. */
  Path signingKeyFile();

  /** The bus' keys, base64 of 32 bytes a line: hosts and gateways seal by keys made of them. */
  Path busKeysFile();

  /** A host whose last report is older than this is down: nothing new is placed on it. */
  @WithDefault("PT15S")
  Duration hostDownAfter();

  /** The snapshot of the hosts is read again from the database when it is older than this. */
  @WithDefault("PT2S")
  Duration snapshotMaxAge();

  /** How long a start waits for the end of the domain's former claim to be reported. */
  @WithDefault("PT5S")
  Duration formerClaimPatience();

  /**
   * How long a placement waits for a host that would do but whose last report is too old: after an
   * outage commands may be read before the reports.
   */
  @WithDefault("PT10S")
  Duration hostReportPatience();

  /** A start that was sent longer ago than this and that no report shows is asked about. */
  @WithDefault("PT15M")
  Duration placedPatience();

  /**
   * How many bytes of volumes a host may have for each byte that it has for them. Thin volumes take
   * what guests have written: above 1 a host's disk can become full.
   */
  @WithDefault("1.0")
  double diskOvercommit();

  /** How long stored outcomes are kept; longer than the retention of the command topic. */
  @WithDefault("P14D")
  Duration outcomeRetention();

  /** How long one batch of records may take to reach Kafka before it is tried again. */
  @WithDefault("PT10S")
  Duration sendDeadline();

  /** How long a deleted domain or volume is remembered, in case a host comes back with it. */
  @WithDefault("P90D")
  Duration deletedRetention();

  /** A host that is up has a new record on drover.hosts at least this often. */
  @WithDefault("PT10S")
  Duration hostRecordEvery();

  /** How often outcomes past their retention are deleted. */
  @WithDefault("PT15M")
  Duration outcomeSweepEvery();

  /** How the topics of hosts are made. */
  HostTopic hostTopic();

  /** The topic of one host's commands, made when the host first reports. */
  interface HostTopic {
    /** How many copies it has; as many as there are brokers, up to three, when not set. */
    OptionalInt replication();

    /** How long a command is kept; longer than any command's expiry. */
    @WithDefault("P7D")
    Duration retention();

    /** How many bytes are kept at most. */
    @WithDefault("268435456")
    long retentionBytes();

    /** The largest record, in bytes. */
    @WithDefault("1048588")
    int maxMessageBytes();
  }

  /** How records of topics are tried again. */
  Delivery delivery();

  /** Retries of a record that cannot be processed; the same keys and defaults in each service. */
  interface Delivery {
    /** The pause before the first retry; each later one is twice as long. */
    @WithDefault("PT0.05S")
    Duration firstPause();

    /** The longest pause between retries. */
    @WithDefault("PT2S")
    Duration longestPause();

    /** After this many failures that are the record's own it becomes a dead letter. */
    @WithDefault("3")
    int attempts();
  }
}
