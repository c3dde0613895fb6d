package io.drover.driver.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.SecretBytes;
import io.drover.driver.Secrets.Definition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFolderTest {
  private static final byte[] VALUE = "opensesame".getBytes(StandardCharsets.UTF_8);
  private final UUID id = UUID.randomUUID();
  @TempDir Path folder;

  private SecretFolder open() {
    return new SecretFolder(folder.resolve("secrets"), new SecureRandom());
  }

  private static String text(Optional<SecretBytes> secret) {
    return secret.orElseThrow().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static ErrorCode codeOf(Runnable call) {
    try {
      call.run();
      return ErrorCode.INTERNAL_ERROR;
    } catch (ProblemException e) {
      return e.code();
    }
  }

  @Test
  void aPrivateValueIsForStartsAlone() {
    SecretFolder secrets = open();
    secrets.define(Definition.of(id).withSecluded(true));
    secrets.setValue(id, VALUE);

    assertThat(codeOf(() -> secrets.value(id))).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(text(open().fetch(id))).isEqualTo("opensesame");
    assertThat(open().fetch(id).orElseThrow()).hasToString("***");
  }

  @Test
  void anEphemeralOneIsNeverWritten() {
    SecretFolder secrets = open();
    secrets.define(Definition.of(id).withEphemeral(true));
    secrets.setValue(id, VALUE);

    assertThat(text(secrets.fetch(id))).isEqualTo("opensesame");
    assertThat(open().find(id)).isEmpty();
    assertThat(folder.resolve("secrets/" + id + ".json")).doesNotExist();
  }

  @Test
  void aUsageNamesOneSecret() {
    SecretFolder secrets = open();
    secrets.define(Definition.of(id).withUsage("ceph", "client.x"));

    assertThat(secrets.named("ceph", "client.x")).contains(id);
    assertThat(secrets.named("iscsi", "client.x")).isEmpty();
    Definition other = Definition.of(UUID.randomUUID()).withUsage("ceph", "client.x");
    assertThat(codeOf(() -> secrets.define(other))).isEqualTo(ErrorCode.NAME_TAKEN);
    secrets.undefine(id);
    secrets.define(other);
    assertThat(open().all()).containsExactly(other);
  }

  @Test
  void aNewDefinitionKeepsTheValue() {
    SecretFolder secrets = open();
    secrets.define(Definition.of(id));
    assertThat(codeOf(() -> secrets.value(id))).isEqualTo(ErrorCode.NOT_FOUND);
    secrets.setValue(id, VALUE);
    secrets.define(Definition.of(id).withUsage("vnc", "screen"));

    assertThat(text(open().fetch(id))).isEqualTo("opensesame");
    assertThat(codeOf(() -> secrets.setValue(UUID.randomUUID(), VALUE)))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void filesCannotBeExchangedNorReadWithAnotherKey() throws IOException {
    SecretFolder secrets = open();
    UUID other = UUID.randomUUID();
    secrets.define(Definition.of(id));
    secrets.setValue(id, VALUE);
    Path file = folder.resolve("secrets/" + id + ".json");
    Files.writeString(
        folder.resolve("secrets/" + other + ".json"),
        Files.readString(file).replace(id.toString(), other.toString()));

    assertThatThrownBy(() -> open().fetch(other)).hasMessageContaining("does not open");
    Files.write(folder.resolve("secrets/secrets.key"), new byte[32]);
    assertThatThrownBy(() -> open().fetch(id)).hasMessageContaining("set its value again");
  }
}
