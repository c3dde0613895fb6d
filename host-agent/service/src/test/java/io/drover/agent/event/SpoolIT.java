package io.drover.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.agent.testkit.TestBroker;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.time.NanoTicker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SpoolIT {
  @TempDir Path folder;

  @Test
  void keepsTheOrderOverAReopening() {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 3);
    spool.close();
    Spool again = Spool.open(folder, NanoTicker.system());
    append(again, 3, 5);
    assertThat(drain(again)).containsExactly("0", "1", "2", "3", "4");
    again.close();
  }

  @Test
  void acknowledgedRecordsDoNotComeBack() {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 3);
    spool.poll();
    spool.acknowledge(spool.poll().orElseThrow().behind());
    spool.close();
    Spool again = Spool.open(folder, NanoTicker.system());
    assertThat(drain(again)).containsExactly("2");
    again.close();
  }

  @Test
  void unacknowledgedRecordsComeBackAfterARewind() {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 2);
    drain(spool);
    spool.rewind();
    assertThat(drain(spool)).containsExactly("0", "1");
    spool.close();
  }

  @Test
  void aRecordThatACrashCutShortIsDroppedAndTheOnesBeforeStay() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 2);
    spool.close();
    Path segment = folder.resolve("0000000000000000.spool");
    Files.write(segment, new byte[] {0, 0, 1, 0, 5, 5}, StandardOpenOption.APPEND);
    Spool again = Spool.open(folder, NanoTicker.system());
    append(again, 2, 3);
    assertThat(drain(again)).containsExactly("0", "1", "2");
    again.close();
  }

  @Test
  void aDamagedRecordIsSetAsideAndTheOthersAreRead() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 4);
    long length = spool.length() / 4;
    damage(length + 20); // inside the second record
    damage(2 * length + 1); // the length of the third
    assertThat(drain(spool)).containsExactly("0", "3");
    spool.close();
    assertThat(folder.resolve("damaged").resolve("0000000000000000-" + length)).hasSize(2 * length);
  }

  @Test
  void aRecordThatWasDamagedWhileNobodyRanCostsNoneBehindIt() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 3);
    long length = spool.length() / 3;
    spool.close();
    damage(20); // inside the first record
    Spool again = Spool.open(folder, NanoTicker.system());
    append(again, 3, 4);
    assertThat(drain(again)).containsExactly("1", "2", "3");
    again.close();
    assertThat(folder.resolve("damaged/0000000000000000-0")).hasSize(length);
  }

  @Test
  void theEndOfASegmentThatIsDamagedHoldsNothingUp() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 2);
    damage(spool.length() / 2 + 20); // inside the last record
    assertThat(drain(spool)).containsExactly("0");
    append(spool, 2, 3);
    assertThat(drain(spool)).containsExactly("2");
    spool.close();
  }

  /** Bytes that look like the lengths of frames at every fourth place: 500 GB to check. */
  @Test
  @Timeout(60)
  void damagedBytesThatLookLikeFramesAreNotSearchedWithoutEnd() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    append(spool, 0, 1);
    long length = spool.length();
    spool.append(new SpoolRecord("t", "k", Map.of(), new byte[2 * 1024 * 1024]));
    append(spool, 2, 3);
    ByteBuffer garbage = ByteBuffer.allocate(2 * 1024 * 1024);
    while (garbage.hasRemaining()) {
      garbage.putInt(1024 * 1024);
    }
    try (FileChannel file =
        FileChannel.open(folder.resolve("0000000000000000.spool"), StandardOpenOption.WRITE)) {
      file.write(garbage.flip(), length);
    }
    assertThat(drain(spool)).containsExactly("0");
    append(spool, 3, 4);
    assertThat(drain(spool)).containsExactly("3");
    spool.close();
    Spool again = Spool.open(folder, NanoTicker.system());
    append(again, 4, 5);
    assertThat(drain(again)).endsWith("4");
    again.close();
    assertThat(folder.resolve("damaged/0000000000000000-" + length)).exists();
  }

  private void damage(long offset) throws IOException {
    Path segment = folder.resolve("0000000000000000.spool");
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {77, 77}), offset);
    }
  }

  @Test
  void aPatientRecordIsReadWithTheNextThatIsNot() {
    Spool spool = Spool.open(folder, () -> 0);
    spool.appendPatiently(record("0"));
    spool.appendPatiently(record("1"));
    assertThat(spool.poll()).isEmpty();
    append(spool, 2, 3);
    assertThat(drain(spool)).containsExactly("0", "1", "2");
    spool.close();
  }

  @Test
  void aPatientRecordWaitsNoLongerThanAMoment() throws Exception {
    AtomicLong nanos = new AtomicLong();
    Spool spool = Spool.open(folder, nanos::get);
    spool.appendPatiently(record("0"));
    nanos.addAndGet(Duration.ofMillis(30).toNanos());
    spool.appendPatiently(record("1"));
    assertThat(spool.poll()).isEmpty();
    nanos.addAndGet(Duration.ofMillis(20).toNanos());
    spool.await(60_000); // returns at once
    assertThat(drain(spool)).containsExactly("0", "1");
    spool.close();
  }

  @Test
  void aPatientRecordBehindOthersIsReadWithThem() {
    Spool spool = Spool.open(folder, () -> 0);
    append(spool, 0, 1);
    spool.appendPatiently(record("1"));
    assertThat(drain(spool)).containsExactly("0", "1");
    spool.close();
  }

  @Test
  void givesSpaceBackOnceAllIsAcknowledged() throws Exception {
    Spool spool = Spool.open(folder, NanoTicker.system());
    byte[] big = new byte[1024 * 1024];
    for (int i = 0; i < 20; i++) {
      spool.append(new SpoolRecord("t", "k", Map.of(), big));
    }
    assertThat(spool.length()).isGreaterThan(20L * 1024 * 1024);
    for (Optional<Spool.Entry> next = spool.poll(); next.isPresent(); next = spool.poll()) {
      spool.acknowledge(next.get().behind());
    }
    assertThat(spool.length()).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".spool")).count()).isEqualTo(1);
    }
    spool.close();
  }

  @Test
  void nothingIsLostAndTheOrderHoldsWhileTheBrokerIsAway() throws Exception {
    try (TestBroker broker = TestBroker.start(folder.resolve("kafka"), "events")) {
      Spool spool = Spool.open(folder.resolve("spool"), NanoTicker.system());
      Thread sender =
          new Thread(
              new SpoolSender(
                  spool,
                  () -> SpoolSender.producer(KafkaSettings.plain(broker.servers())),
                  BusKey.keys().keyOf(EventSource.GATEWAY)));
      sender.start();
      append(spool, 0, 50);
      broker.readUntil("events", Duration.ofSeconds(60), seen -> seen.size() >= 50);
      broker.stop();
      append(spool, 50, 300);
      assertThat(spool.length()).isPositive();
      broker.startAgain();
      List<ConsumerRecord<String, byte[]>> seen =
          broker.readUntil(
              "events", Duration.ofSeconds(60), all -> firstSightings(all).size() >= 300);
      assertThat(firstSightings(seen))
          .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(String::valueOf).toList());
      spool.close();
      sender.join(60_000);
      assertThat(sender.isAlive()).isFalse();
    }
  }

  private static List<String> firstSightings(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(r -> new String(r.value(), StandardCharsets.UTF_8))
        .distinct()
        .toList();
  }

  private static void append(Spool spool, int from, int to) {
    for (int i = from; i < to; i++) {
      spool.append(record(Integer.toString(i)));
    }
  }

  private static SpoolRecord record(String value) {
    return new SpoolRecord(
        "events", "key", Map.of("h", new byte[] {1}), value.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> drain(Spool spool) {
    List<String> values = new ArrayList<>();
    for (Optional<Spool.Entry> next = spool.poll(); next.isPresent(); next = spool.poll()) {
      values.add(new String(next.get().record().value(), StandardCharsets.UTF_8));
    }
    return values;
  }
}
