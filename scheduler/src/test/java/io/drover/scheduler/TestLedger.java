package io.drover.scheduler;

import io.drover.scheduler.config.SchedulerSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the scheduler's schema, one database a call; ends with the JVM. */
public final class TestLedger {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");
  private static EmbeddedPostgres postgres;

  private TestLedger() {}

  public static synchronized DataSource empty() {
    try {
      if (postgres == null) {
        FLYWAY.setLevel(Level.WARNING);
        postgres = EmbeddedPostgres.builder().start();
      }
      String name = "ledger" + NUMBER.incrementAndGet();
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl(postgres.getJdbcUrl("postgres", name) + "&currentSchema=scheduler");
      Flyway.configure()
          .dataSource(database)
          .defaultSchema("scheduler")
          .createSchemas(true)
          .load()
          .migrate();
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings as they are when nobody sets any. */
  public static SchedulerSettings settings() {
    return settings(Map.of());
  }

  /** The settings with some of them set. */
  public static SchedulerSettings settings(Map<String, String> set) {
    return new SmallRyeConfigBuilder()
        .withMapping(SchedulerSettings.class)
        .withDefaultValue("scheduler.kafka", "127.0.0.1:1")
        .withDefaultValue("scheduler.signing-key-file", "unused")
        .withDefaultValue("scheduler.bus-keys-file", "unused")
        .withDefaultValues(set)
        .build()
        .getConfigMapping(SchedulerSettings.class);
  }
}
