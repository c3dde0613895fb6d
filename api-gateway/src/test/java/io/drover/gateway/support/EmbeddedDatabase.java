package io.drover.gateway.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real PostgreSQL on a fixed port that can be stopped and started again with its data. */
public final class EmbeddedDatabase {
  private final Path folder;
  private final int port = Ports.free();
  private EmbeddedPostgres postgres;

  public EmbeddedDatabase(Path folder) {
    this.folder = folder;
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public void start() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(folder.resolve("data"))
            .setOverrideWorkingDirectory(folder.resolve("work").toFile())
            .setCleanDataDirectory(false)
            .setPGStartupWait(Patience.LIMIT)
            .setServerConfig("max_connections", "60")
            .setServerConfig("shared_buffers", "32MB")
            .start();
  }

  public void stop() throws IOException {
    if (postgres != null) {
      postgres.close();
      postgres = null;
      // close() waits five seconds at most and does not say when that was too short.
      Awaitility.await().atMost(Patience.LIMIT).until(() -> Ports.free(port));
    }
  }

  /** Runs one statement beside the gateway. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Refuses every write with SQLSTATE 25006, as a server does that has become a standby. */
  public void standBy(boolean standby) throws SQLException {
    execute("alter system set default_transaction_read_only = " + (standby ? "on" : "off"));
    execute("select pg_reload_conf()");
  }

  /** The first column of what a query gives. */
  public List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  /** The one number that a query gives. */
  public long number(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
