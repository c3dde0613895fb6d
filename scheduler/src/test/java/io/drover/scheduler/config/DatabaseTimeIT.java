package io.drover.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drover.contracts.sql.DatabaseTime;
import io.drover.contracts.time.ServerClock;
import io.drover.contracts.time.TimeSource;
import io.drover.scheduler.TestLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The clock of a service on a machine whose own clock is wrong, by a real PostgreSQL. */
class DatabaseTimeIT {
  private final List<String> warnings = new ArrayList<>();

  /** The clock of this machine, as wrong as this. */
  private static TimeSource ahead(Duration by) {
    TimeSource real = TimeSource.system();
    return new TimeSource() {
      @Override
      public Instant instant() {
        return real.instant().plus(by);
      }

      @Override
      public long nanos() {
        return real.nanos();
      }
    };
  }

  @Test
  void aServiceWhoseMachineIsAnHourAheadTakesTheTimeOfTheDatabase() {
    ServerClock clock = new ServerClock(ahead(Duration.ofHours(1)));
    DatabaseTime time = new DatabaseTime(TestLedger.empty(), clock, warnings::add);

    time.run();
    time.run();

    assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    assertThat(warnings).singleElement().asString().contains("s ahead of the database's");
  }

  @Test
  void aDatabaseThatDoesNotAnswerLeavesTheClockAsItWas() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    ServerClock clock = new ServerClock(ahead(Duration.ZERO));

    new DatabaseTime(nowhere, clock, warnings::add).run();

    assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    assertThat(warnings).singleElement().asString().contains("was not asked for the time");
  }
}
