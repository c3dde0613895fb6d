package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.contracts.message.UntrustedRecordException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSealTest {
  private static final EventSource OWNER =
      EventSource.hostAgent(HostId.parse("11111111-2222-4333-8444-555555555555"));
  private static final EventSource ROGUE =
      EventSource.hostAgent(HostId.parse("99999999-2222-4333-8444-555555555555"));
  private static final String TOPIC = "drover.domain-events";
  private static final byte[] VALUE = "{}".getBytes(UTF_8);

  @TempDir Path folder;
  private SourceVerifier verifier = SourceVerifier.ofScheduler(BusKey.keys());

  private static SignedRecord by(EventSource sealer, EventSource named) {
    Map<String, byte[]> headers = Map.of("ce_source", named.toString().getBytes(UTF_8));
    return new SignedRecord(TOPIC, "k", BusKey.sealed(sealer, TOPIC, "k", headers, VALUE), VALUE);
  }

  private void refused(Reason reason, SignedRecord record) {
    assertThatThrownBy(() -> verifier.require(record))
        .isInstanceOfSatisfying(
            UntrustedRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void aSourceIsBelievedByItsOwnSealAlone() {
    verifier.require(by(OWNER, OWNER));
    verifier.require(by(EventSource.GATEWAY, EventSource.GATEWAY));
    refused(Reason.SIGNATURE, by(ROGUE, OWNER));
    refused(Reason.SIGNATURE, by(OWNER, EventSource.GATEWAY));
    SignedRecord good = by(OWNER, OWNER);
    Map<String, byte[]> other = new HashMap<>(good.headers());
    other.put("ce_subject", "x".getBytes(UTF_8));
    refused(Reason.SIGNATURE, new SignedRecord(TOPIC, "k", other, VALUE));
    refused(Reason.SIGNATURE, new SignedRecord("drover.host-reports", "k", good.headers(), VALUE));
    other.remove(SignedRecord.HEADER);
    refused(Reason.SIGNATURE, new SignedRecord(TOPIC, "k", other, VALUE));
  }

  @Test
  void whoIsNoPartIsNotHeardWhateverItsSeal() {
    for (String name : new String[] {"/host-agents/x", "/secrets-service", "/other", "\\"}) {
      Map<String, byte[]> headers = Map.of("ce_source", name.getBytes(UTF_8));
      refused(Reason.SOURCE, new SignedRecord(TOPIC, "k", headers, VALUE));
    }
    refused(Reason.SOURCE, new SignedRecord(TOPIC, "k", Map.of(), VALUE));
    refused(Reason.SOURCE, by(EventSource.SCHEDULER, EventSource.SCHEDULER));
  }

  @Test
  void aReaderOfTwoKeysBelievesBothAndSealsByTheFirst() throws Exception {
    Path services = BusKey.file(folder);
    String next = Base64.getEncoder().encodeToString(new byte[32]);
    Files.writeString(services, next + "\n" + Files.readString(services));
    BusKeys both = BusKeys.read(services, "DROVER_BUS_KEYS_FILE");
    verifier = SourceVerifier.ofScheduler(both);
    verifier.require(by(OWNER, OWNER));
    Path host = folder.resolve("of-the-host");
    Files.writeString(host, Base64.getEncoder().encodeToString(both.secretOf(OWNER)));
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rw-------"));
    SignedRecord plain = new SignedRecord(TOPIC, "k", by(OWNER, OWNER).headers(), VALUE);
    String seal = SourceKey.read(host, "DROVER_HOST_KEY_FILE").seal(plain);
    Map<String, byte[]> headers = new HashMap<>(plain.headers());
    headers.put(SignedRecord.HEADER, seal.getBytes(UTF_8));
    assertThatCode(() -> verifier.require(new SignedRecord(TOPIC, "k", headers, VALUE)))
        .doesNotThrowAnyException();
    assertThat(both).hasToString("BusKeys[***]");
  }

  @Test
  void aFileWithoutSuchAKeySaysWhatToDo() throws Exception {
    for (String text : new String[] {"", "short", "c2hvcnQ=", "!", "\n"}) {
      Path file = folder.resolve("bad");
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThatThrownBy(() -> BusKeys.read(file, "DROVER_BUS_KEYS_FILE"))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("openssl rand -base64 32");
    }
    assertThatThrownBy(() -> SourceKey.read(folder.resolve("none"), "DROVER_HOST_KEY_FILE"))
        .hasMessageContaining("docs/identities.md");
    Path open = BusKey.file(folder);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> BusKeys.read(open, "DROVER_BUS_KEYS_FILE"))
        .hasMessageContaining("chmod 600");
  }
}
