package io.drover.contracts.sql;

import io.drover.contracts.time.RecurringWork;
import io.drover.contracts.time.ServerClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Sets a service's clock by the database's, which all services and all their instances share: a
 * machine whose clock is wrong neither ends operations nor refuses commands before their time. For
 * one thread at a time; a run lasts as long as the data source lets a statement last.
 */
public final class DatabaseTime implements RecurringWork {
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** What people are told of. */
  private static final Duration NOTABLE = Duration.ofSeconds(3);

  private final DataSource database;
  private final ServerClock clock;
  private final Consumer<String> warnings;
  private boolean wrong;

  /**
   * @param clock what is set
   * @param warnings is given what an operator should know
   */
  public DatabaseTime(DataSource database, ServerClock clock, Consumer<String> warnings) {
    this.database = database;
    this.clock = clock;
    this.warnings = warnings;
  }

  @Override
  public String name() {
    return "database-time";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  /** A service has it run before all else, and not by its timer. */
  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
    try (Connection connection = database.getConnection()) {
      long asked = clock.nanos();
      Instant at =
          new Query(connection, "select clock_timestamp() as at")
              .first(row -> Query.instant(row, "at"))
              .orElseThrow();
      clock.set(at, asked).ifPresent(this::report);
    } catch (SQLException | RuntimeException e) {
      warnings.accept(
          "The database was not asked for the time; the service counts on from its last answer: "
              + e.getMessage());
    }
  }

  private void report(Duration ahead) {
    boolean differs = ahead.abs().compareTo(NOTABLE) > 0;
    if (differs && !wrong) {
      warnings.accept(
          "The clock of this machine is "
              + ahead.toSeconds()
              + " s ahead of the database's; the service takes the database's, but tokens are"
              + " checked by the machine's: set it, as by NTP");
    }
    wrong = differs;
  }
}
