package io.drover.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.topic.feed.TopicRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EarlyEventsTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final NanoTicker ticker = now::get;
  private final Map<String, StreamTrust.Verdict> verdicts = new HashMap<>();
  private final List<String> given = new ArrayList<>();
  private final EarlyEvents early =
      new EarlyEvents(
          record -> verdicts.getOrDefault(record.key(), StreamTrust.Verdict.BELIEVED),
          (record, believed) -> given.add(record.key() + (believed ? "" : " refused")),
          (record, why) -> given.add(record.key() + " waited"),
          ticker);

  private void read(int partition, String key, String source) {
    Map<String, byte[]> headers = Map.of("ce_source", source.getBytes(UTF_8));
    early.read(new TopicRecord("t", partition, given.size(), key, headers, new byte[0]));
  }

  @Test
  void whatIsEarlyHoldsBackItsOwnPartitionUntilItsClaimIsKnown() {
    verdicts.put("early", StreamTrust.Verdict.EARLY);
    read(0, "early", "/a");
    read(0, "behind", "/b");
    read(1, "beside", "/b");
    assertThat(given).containsExactly("beside");
    assertThat(early.isHolding()).isTrue();
    verdicts.put("early", StreamTrust.Verdict.BELIEVED);
    early.settle();
    assertThat(given).containsExactly("beside", "early", "behind");
    assertThat(early.isHolding()).isFalse();
  }

  @Test
  void aSourceThatInventsClaimsDelaysAStreamOnceAMinute() {
    verdicts.put("invented", StreamTrust.Verdict.EARLY);
    read(0, "invented", "/rogue");
    now.addAndGet(2 * SECOND + 1);
    early.settle();
    assertThat(given).containsExactly("invented waited", "invented refused");
    read(0, "invented", "/rogue");
    read(0, "good", "/b");
    assertThat(given).endsWith("invented refused", "good");
    now.addAndGet(61 * SECOND);
    read(0, "invented", "/rogue");
    assertThat(early.isHolding()).as("a minute later it may be a true one").isTrue();
  }

  @Test
  void whileTheDatabaseCannotBeAskedNothingIsLost() {
    verdicts.put("a", StreamTrust.Verdict.UNKNOWN);
    read(0, "a", "/a");
    now.addAndGet(600 * SECOND);
    early.settle();
    assertThat(given).isEmpty();
    verdicts.put("a", StreamTrust.Verdict.BELIEVED);
    early.settle();
    assertThat(given).containsExactly("a");
  }
}
