package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSignatureTest {
  private static final String SETTING = "DROVER_SCHEDULER_KEY_FILE";
  private final KeyPair pair = pair("Ed25519");
  private final RecordSigner signer = RecordSigner.of(pair.getPrivate());
  private final RecordVerifier verifier = RecordVerifier.of(pair.getPublic());
  private final Map<String, byte[]> headers =
      Map.of("ce_id", bytes("1"), "ce_type", bytes("t"), "traceparent", bytes("00"));
  private final SignedRecord record = new SignedRecord("topic", "key", headers, bytes("{}"));
  @TempDir Path folder;

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static SignedRecord with(SignedRecord record, String header, String value) {
    Map<String, byte[]> all = new LinkedHashMap<>(record.headers());
    all.put(header, bytes(value));
    return new SignedRecord(record.topic(), record.key(), all, record.value());
  }

  private SignedRecord signed() {
    return with(record, SignedRecord.HEADER, signer.sign(record));
  }

  private void refused(SignedRecord forged, String words) {
    assertThatThrownBy(() -> verifier.require(forged))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  @Test
  void aRecordIsBelievedAsItWasSigned() {
    assertThatCode(() -> verifier.require(signed())).doesNotThrowAnyException();
    assertThatCode(() -> verifier.require(with(signed(), "traceparent", "01")))
        .as("a trace is no part of it")
        .doesNotThrowAnyException();
  }

  @Test
  void nothingOfItCanBeChanged() {
    SignedRecord good = signed();
    String none = "of none of the 1 trusted keys";
    refused(new SignedRecord("other", "key", good.headers(), good.value()), none);
    refused(new SignedRecord("topic", "kez", good.headers(), good.value()), none);
    refused(new SignedRecord("topic", "key", good.headers(), bytes("{ }")), none);
    refused(with(good, "ce_id", "2"), none);
    refused(with(good, "ce_more", "x"), none);
    refused(new SignedRecord("topick", "ey", good.headers(), good.value()), none);
  }

  @Test
  void whatIsNoSignatureIsRefused() {
    refused(record, "is not signed");
    refused(with(record, SignedRecord.HEADER, ""), "of none of");
    refused(with(record, SignedRecord.HEADER, "!"), "no base64");
    refused(with(record, SignedRecord.HEADER, "A".repeat(1000)), "has 1000 characters");
    Random random = new Random(1);
    for (int length = 0; length < 96; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      String header = Base64.getEncoder().encodeToString(noise);
      refused(with(record, SignedRecord.HEADER, header), "of none of");
    }
  }

  @Test
  void keysAreReadFromPemFilesAlsoTwoOfThem() throws Exception {
    KeyPair next = pair("Ed25519");
    Path key = file("key", SchedulerKey.pem("PRIVATE KEY", next.getPrivate().getEncoded()));
    Path trusted =
        file(
            "trusted",
            SchedulerKey.pem("PUBLIC KEY", pair.getPublic().getEncoded())
                + SchedulerKey.pem("PUBLIC KEY", next.getPublic().getEncoded()));
    RecordVerifier both = RecordVerifier.read(trusted, SETTING);
    RecordSigner other = RecordSigner.read(key, SETTING);
    both.require(signed());
    both.require(with(record, SignedRecord.HEADER, other.sign(record)));
    assertThat(other).hasToString("RecordSigner[***]");
  }

  @Test
  void aFileWithoutSuchAKeySaysWhatToDo() throws Exception {
    Path empty = file("empty", "nothing");
    Path rsa = file("rsa", SchedulerKey.pem("PUBLIC KEY", pair("RSA").getPublic().getEncoded()));
    Path missing = folder.resolve("missing");
    for (Path file : new Path[] {empty, rsa, missing}) {
      assertThatThrownBy(() -> RecordVerifier.read(file, SETTING))
          .hasMessageContaining(file.toString())
          .hasMessageContaining(SETTING)
          .hasMessageContaining("openssl genpkey -algorithm ed25519");
      assertThatThrownBy(() -> RecordSigner.read(file, SETTING)).hasMessageContaining("openssl");
    }
  }

  @Test
  void aPrivateKeyThatOthersCanReadIsRefused() throws Exception {
    Path key = SchedulerKey.privateFile(folder);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> RecordSigner.read(key, SETTING))
        .hasMessageContaining(key.toString())
        .hasMessageContaining("chmod 600");
  }

  private Path file(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
