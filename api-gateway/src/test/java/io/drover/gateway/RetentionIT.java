package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.support.Patience;
import io.quarkus.test.junit.QuarkusTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The timer that deletes what is older than its retention. */
@QuarkusTest
class RetentionIT extends GatewayTestCase {
  private static final String OLD_AND_YOUNG =
      "select count(*) from gateway.idempotency_keys where caller = 'retention'";

  @Test
  void storedAnswersPastTheirRetentionAreDeletedInEachInterval() throws Exception {
    for (String age : new String[] {"25 hours", "23 hours"}) {
      database.execute(
          "insert into gateway.idempotency_keys (key, caller, route, request_hash, created_at)"
              + " values ('"
              + age
              + "', 'retention', '/', '', now() - interval '"
              + age
              + "')");
    }
    Awaitility.await().atMost(Patience.LIMIT).until(() -> database.number(OLD_AND_YOUNG) == 1);
    assertThat(database.number(OLD_AND_YOUNG + " and key = '23 hours'")).isEqualTo(1);
  }
}
