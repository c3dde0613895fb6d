package io.drover.standalone.postgres;

import io.drover.standalone.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of the suite's own on loopback, durable ({@code fsync} on), with passwords (SCRAM).
 * Root runs it as {@link ServerAccount another account}, for everyone else it is their own.
 */
public final class PostgresServer {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String SUPERUSER = "drover";
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final long RETRY_MILLIS = 20;

  private final Folders folders;
  private final int port;
  private final String password;
  private final ChildProcess process;

  private PostgresServer(Folders folders, int port, String password, ChildProcess process) {
    this.folders = folders;
    this.port = port;
    this.password = password;
    this.process = process;
  }

  /**
   * Where things are.
   *
   * @param binaries unpacked once and kept
   * @param data the cluster
   */
  public record Folders(Path binaries, Path data, Path logs, Path run) {}

  /**
   * One service's role; it owns the schema and nothing else.
   *
   * @param name letters and underscores
   */
  public record Role(String name, String password, String schema) {}

  /**
   * Unpacks and initialises what is missing, starts the server and waits until it answers.
   *
   * @param password the superuser's; the same as when the cluster was made
   */
  public static PostgresServer start(Folders folders, int port, String password)
      throws IOException, InterruptedException {
    unpack(folders.binaries());
    Path binaries = folders.binaries().resolve("bin");
    ServerAccount account = ServerAccount.running(folders.binaries(), "bin/postgres");
    Files.createDirectories(folders.data());
    account.own(folders.data());
    if (!Files.exists(folders.data().resolve("PG_VERSION"))) {
      initialise(folders, binaries, account, password);
    }
    // A server that was killed leaves this file; the kernel's number in it may be another's by now.
    ChildProcess.leftover(folders.run(), "postgresql").ifPresent(ProcessHandle::destroy);
    List<String> words = new ArrayList<>(List.of(binaries.resolve("postgres").toString()));
    words.addAll(
        List.of("-D", folders.data().toString(), "-h", "127.0.0.1", "-p", Integer.toString(port)));
    words.addAll(List.of("-k", "", "-c", "shared_buffers=64MB", "-c", "max_connections=100"));
    List<String> command = account.command(words);
    Path log = folders.logs().resolve("postgresql.log");
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Spec(
                "postgresql", command, Map.of(), folders.data(), log, folders.run()));
    PostgresServer server = new PostgresServer(folders, port, password, process);
    server.awaitAnswer();
    return server;
  }

  /** Makes the roles and their schemas in the database {@code drover}; what exists is kept. */
  public void prepare(List<Role> roles) throws SQLException {
    try (Connection connection = connect("drover");
        Statement statement = connection.createStatement()) {
      for (Role role : roles) {
        String name = identifier(role.name());
        String schema = identifier(role.schema());
        String secret = "'" + role.password().replace("'", "''") + "'";
        statement.execute(
            "DO $$ BEGIN CREATE ROLE "
                + name
                + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
                + " END $$");
        statement.execute("ALTER ROLE " + name + " PASSWORD " + secret);
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + name);
        statement.execute("ALTER ROLE " + name + " SET search_path = " + schema);
      }
    }
  }

  /** Where a service connects to. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/drover";
  }

  /** A connection as the superuser, for tests and for looking around. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, SUPERUSER, password);
  }

  public ChildProcess process() {
    return process;
  }

  /** Where its own log is. */
  public Path log() {
    return folders.logs().resolve("postgresql.log");
  }

  /** Fast shutdown: sessions are ended, the data is whole. */
  public void stop() {
    process.stop("INT", STOP_DEADLINE);
  }

  private static String identifier(String name) {
    if (!name.matches("[a-z_]{1,63}")) {
      throw new IllegalArgumentException("Not a plain identifier: " + name);
    }
    return name;
  }

  private static void unpack(Path target) throws IOException, InterruptedException {
    if (Files.exists(target.resolve("bin/postgres"))) {
      return;
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    Files.createDirectories(unfinished);
    Path archive = unfinished.resolve("archive.txz");
    try (InputStream stream = PostgresServer.class.getResourceAsStream(ARCHIVE)) {
      if (stream == null) {
        throw new IOException("The PostgreSQL binaries for this machine are not on the class path");
      }
      Files.copy(stream, archive, StandardCopyOption.REPLACE_EXISTING);
    }
    Tool.run(
        List.of("tar", "-xJf", archive.toString(), "--no-same-owner", "-C", unfinished.toString()));
    Files.delete(archive);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void initialise(
      Folders folders, Path binaries, ServerAccount account, String password)
      throws IOException, InterruptedException {
    Path passwordFile = Files.createTempFile("drover-pg-", ".pw"); // readable by its owner alone
    try {
      Files.writeString(passwordFile, password + "\n");
      account.own(passwordFile);
      Tool.run(
          account.command(
              List.of(
                  binaries.resolve("initdb").toString(),
                  "-D",
                  folders.data().toString(),
                  "-U",
                  SUPERUSER,
                  "-A",
                  "scram-sha-256",
                  "--pwfile",
                  passwordFile.toString(),
                  "-E",
                  "UTF8",
                  "--no-locale")));
    } finally {
      Files.delete(passwordFile);
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (true) {
      try (Connection connection = connect("postgres")) {
        createDatabase(connection);
        return;
      } catch (SQLException e) {
        if (!process.alive() || System.nanoTime() > deadline) {
          throw new IOException("PostgreSQL does not answer on port " + port + "; see " + log(), e);
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
  }

  private static void createDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'drover'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE drover");
      }
    }
  }
}
