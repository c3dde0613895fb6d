package io.drover.scheduler;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The timer that deletes old outcomes, in the whole service. */
@QuarkusTest
@QuarkusTestResource(SuiteParts.class)
class OutcomeSweepIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DataSource database;

  @Test
  void deletesOutcomesPastTheirRetentionInEachInterval() throws Exception {
    UUID old = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into outcome values (?, ?, '[]', ?)")) {
      insert.setObject(1, old);
      insert.setObject(2, old);
      insert.setObject(3, OffsetDateTime.now(ZoneOffset.UTC).minusDays(15));
      insert.executeUpdate();
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try (Connection connection = database.getConnection();
                  PreparedStatement select =
                      connection.prepareStatement("select 1 from outcome where cause_id = ?")) {
                select.setObject(1, old);
                return !select.executeQuery().next();
              }
            });
  }
}
