package io.drover.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** All settings of the gateway that are its own. Changed by the operator, read at start. */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {
  /** Where image contents are kept; made when it is missing. */
  Path imageDir();

  /** Bootstrap servers of the Kafka cluster. */
  String kafka();

  /** The schedulers' Ed25519 public keys (PEM): no event is theirs that none of them has signed. */
  Path schedulerKeysFile();

  /** The bus' keys, base64 of 32 bytes a line: hosts and gateways seal by keys made of them. */
  Path busKeysFile();

  /** The gateway's Ed25519 private key (PEM), by which it signs tickets of consoles. */
  Path keyFile();

  /** How long an event waits for the placement that it is of; it is dropped then. */
  @WithDefault("PT1H")
  Duration earlyEventRetention();

  /** The largest JSON or XML body, in bytes. */
  @WithDefault("262144")
  int maxBodyBytes();

  /** How long a JSON or XML body may take to arrive. */
  @WithDefault("PT30S")
  Duration bodyDeadline();

  /** The largest image content, in bytes. */
  @WithDefault("68719476736")
  long maxImageBytes();

  /** The largest volume, in bytes. */
  @WithDefault("17592186044416")
  long maxVolumeBytes();

  /** After this time nobody starts to carry out a command that was accepted. */
  @WithDefault("PT1H")
  Duration commandExpiry();

  /** How long the answer to an Idempotency-Key is kept. */
  @WithDefault("PT24H")
  Duration idempotencyRetention();

  /** How long the ids of applied events are kept; longer than the topic's retention. */
  @WithDefault("P14D")
  Duration consumedEventRetention();

  /** How many answers to Idempotency-Keys are kept of one caller, the latest. */
  @WithDefault("10000")
  int idempotencyAnswersOfCaller();

  /** How many operations of one project are kept, the latest and those that have not ended. */
  @WithDefault("100000")
  int operationsOfProject();

  /** How long records that the broker has refused are kept for the operator. */
  @WithDefault("P30D")
  Duration refusedRecordRetention();

  /** How often rows past their retention are deleted. */
  @WithDefault("PT15M")
  Duration retentionSweepEvery();

  /** How long ended operations are kept with their steps. */
  @WithDefault("P90D")
  Duration operationRetention();

  /** How often operations past their deadline are looked for. */
  @WithDefault("PT5S")
  Duration overdueSweepEvery();

  /** How often the topics are compared with the database, which may have been restored. */
  @WithDefault("PT5S")
  Duration recallEvery();

  /** How long the start waits for that; then requests are served without. */
  @WithDefault("PT30S")
  Duration recallPatience();

  /** How long operations may take, by their kinds. */
  Deadline deadline();

  /** How records of topics are tried again. */
  Delivery delivery();

  /** The database, for the relay's own connection. */
  Database database();

  /** The relay of the outbox. */
  Relay relay();

  /** The event stream. */
  Stream stream();

  /** What one caller may do at once. */
  CallerLimit caller();

  /** What a project may have, unless an operator has set something else for it. */
  Quota quota();

  /** The consoles. */
  Console console();

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

  /** From the acceptance of an operation to its end; past it the operation ends as FAILED. */
  interface Deadline {
    /** The creation of a volume, with the copy of its image. */
    @WithDefault("PT1H")
    Duration createVolume();

    /** The deletion of a volume. */
    @WithDefault("PT10M")
    Duration deleteVolume();

    /** The start of a domain, a new one included. */
    @WithDefault("PT10M")
    Duration startDomain();

    /** The end of a domain's run, asked of the guest or not. */
    @WithDefault("PT10M")
    Duration stopDomain();

    /** The deletion of a domain. */
    @WithDefault("PT10M")
    Duration deleteDomain();

    /** What an operator does to a host. */
    @WithDefault("PT2M")
    Duration administerHost();

    /** The abort of another operation. */
    @WithDefault("PT5M")
    Duration abortOperation();

    /** An operation on a running domain, beyond the time that its host gives it. */
    @WithDefault("PT5M")
    Duration operateDomain();
  }

  /** Where the database is. */
  interface Database {
    /** The JDBC address, as {@code DROVER_PG_URL} has it. */
    String url();

    /** The role. */
    String user();

    /** The role's password. */
    @WithDefault("")
    String password();
  }

  /** The outbox relay. */
  interface Relay {
    /** Looks at the outbox this often even when nothing was notified. */
    @WithDefault("PT1S")
    Duration fallbackPoll();

    /** How many rows are read, sent and closed together. */
    @WithDefault("500")
    int batch();
  }

  /** The event stream (Server-Sent Events). */
  interface Stream {
    /** How many events are kept in memory for clients that come back. */
    @WithDefault("5000")
    int recentEvents();

    /** A comment is sent this often on a quiet stream. */
    @WithDefault("PT10S")
    Duration heartbeat();

    /** A client with more unsent events than this is dropped; it may resume. */
    @WithDefault("1000")
    int maxPending();

    /** How many streams may be open at once. */
    @WithDefault("500")
    int maxClients();

    /** How many streams one caller (token subject) may have open at once. */
    @WithDefault("100")
    int maxClientsOfCaller();

    /** How long a resuming client may take to catch up from Kafka. */
    @WithDefault("PT60S")
    Duration catchUpLimit();
  }

  /** Requests under way; event streams and consoles have limits of their own. */
  interface CallerLimit {
    /** How many requests one caller (token subject) may have under way. */
    @WithDefault("64")
    int maxRequests();

    /**
     * How many requests all tenants may have under way together. Fewer than the pool has threads
     * ({@code quarkus.thread-pool.max-threads}): the rest is the reserve of operators and hosts.
     */
    @WithDefault("150")
    int maxRequestsOfAll();
  }

  /** What a project may have at most. */
  interface Quota {
    /** Domains that are defined, running or not. */
    @WithDefault("100")
    long domains();

    /** Virtual CPUs of all defined domains. */
    @WithDefault("400")
    long vcpus();

    /** Guest memory of all defined domains, in MiB. */
    @WithDefault("1048576")
    long memoryMib();

    /** Volumes. */
    @WithDefault("200")
    long volumes();

    /** Capacity of all volumes as guests see it, in bytes. */
    @WithDefault("21990232555520")
    long volumeBytes();

    /** Operations that have not ended; those that end something may be twice as many. */
    @WithDefault("200")
    long openOperations();
  }

  /** The console proxy. */
  interface Console {
    /** A console without traffic in either direction is closed after this time. */
    @WithDefault("PT30M")
    Duration idleLimit();

    /** How many consoles may be open at once. */
    @WithDefault("500")
    int maxOpen();

    /** How many consoles one caller (token subject) may have open at once. */
    @WithDefault("16")
    int maxOpenOfCaller();

    /** How long the agent may take to answer. */
    @WithDefault("PT5S")
    Duration connectLimit();

    /** The largest frame, in bytes. */
    @WithDefault("65536")
    int maxFrameBytes();
  }
}
