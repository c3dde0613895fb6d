package io.drover.gateway.config;

import io.agroal.api.AgroalDataSource;
import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.ServerClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jboss.logging.Logger;

/**
 * Sets the service's clock by the database's, which all services and all their instances share: a
 * machine whose clock is wrong neither ends operations nor refuses commands before their time.
 */
@ApplicationScoped
class GatewayTime implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(GatewayTime.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration NOTABLE = Duration.ofSeconds(3);
  private static final int TIMEOUT_SECONDS = 2;

  /** The consumers of topics begin at 1000, what is compared with topics before them at 500. */
  private static final int BEFORE_ALL = 100;

  private final AgroalDataSource database;
  private final ServerClock clock;
  private boolean wrong;

  GatewayTime(AgroalDataSource database, ServerClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Before the first record is read, and the first request is answered. */
  void begin(@Observes @Priority(BEFORE_ALL) StartupEvent event) {
    run();
  }

  @Override
  public String name() {
    return "database-time";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      long asked = clock.nanos();
      try (ResultSet row = statement.executeQuery("select clock_timestamp()")) {
        row.next();
        clock
            .set(row.getObject(1, OffsetDateTime.class).toInstant(), asked)
            .ifPresent(this::report);
      }
    } catch (SQLException e) {
      LOG.warnf(
          "The database was not asked for the time; the service counts on from its last answer: %s",
          e.getMessage());
    }
  }

  private void report(Duration ahead) {
    boolean differs = ahead.abs().compareTo(NOTABLE) > 0;
    if (differs && !wrong) {
      LOG.warnf(
          "The clock of this machine is %d s ahead of the database's; the service takes the"
              + " database's, but tokens are checked by the machine's: set it, as by NTP",
          ahead.toSeconds());
    }
    wrong = differs;
  }
}
