package io.drover.gateway.outbox.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.gateway.config.GatewayConfig.Database;
import io.drover.gateway.outbox.RelaySession;
import io.drover.gateway.support.EmbeddedDatabase;
import io.drover.gateway.support.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that loses power says no goodbye: no packet of its connections comes any more. */
class LostRelayIT {
  @TempDir Path folder;

  @Test
  void anotherRelayHasTheLockSecondsAfterTheMachineOfTheFirstIsGone() throws Exception {
    EmbeddedDatabase postgres = new EmbeddedDatabase(folder);
    postgres.start();
    Database database = new Postgres(postgres.url(), "postgres", "postgres");
    try (RelaySession lost = JdbcRelaySession.open(database);
        RelaySession other = JdbcRelaySession.open(database)) {
      assertThat(lost.tryLock()).isTrue();
      assertThat(other.tryLock()).isFalse();
      long port =
          postgres.number(
              "select client_port from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory'");
      assumeTrue(nft(drop(port)), "needs the right to drop packets (root, nft)");
      try {
        Awaitility.await().atMost(Patience.LIMIT).until(other::tryLock);
      } finally {
        assertThat(nft("delete table inet " + table(port))).isTrue();
      }
    } finally {
      postgres.stop();
    }
  }

  private record Postgres(String url, String user, String password) implements Database {}

  private static String drop(long port) {
    return """
        table inet %s {
          chain lost {
            type filter hook input priority 0;
            tcp sport %d drop
            tcp dport %d drop
          }
        }
        """
        .formatted(table(port), port, port);
  }

  private static String table(long port) {
    return "drover_lost_relay_" + port;
  }

  private static boolean nft(String rules) throws IOException, InterruptedException {
    Process nft = new ProcessBuilder("nft", "-f", "-").redirectErrorStream(true).start();
    try (OutputStream in = nft.getOutputStream()) {
      in.write(rules.getBytes(UTF_8));
    }
    return nft.waitFor(10, TimeUnit.SECONDS) && nft.exitValue() == 0;
  }
}
