package io.drover.secrets.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.secrets.config.SecretsConfig;
import io.drover.secrets.key.model.RootKeys;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeySourceIT {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  private static RootKeys read(Map<String, String> settings) {
    SecretsConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(SecretsConfig.class)
            .withDefaultValues(
                Map.of(
                    "drover.secrets.scheduler-keys-file", "/scheduler.pub",
                    "drover.secrets.bus-keys-file", "/bus.key"))
            .withDefaultValues(settings)
            .build()
            .getConfigMapping(SecretsConfig.class);
    return new RootKeySource().rootKeys(config);
  }

  private Map<String, String> file(String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve("root.key"), "4:" + KEY + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return Map.of("drover.secrets.root-key-file", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void readsAFileThatIsItsOwnersAlone(String permissions) throws Exception {
    assertThat(read(file(permissions)).currentVersion()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----"})
  void refusesAFileThatOthersCanReachAndSaysWhatToDo(String permissions) throws Exception {
    Map<String, String> open = file(permissions);
    assertThatThrownBy(() -> read(open))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining(KEY);
  }

  @Test
  void namesTheFileThatIsNotThere() {
    assertThatThrownBy(() -> read(Map.of("drover.secrets.root-key-file", "/no/such/file")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("/no/such/file cannot be read");
  }

  @Test
  void takesTheTextWhereThereIsNoFileAndNothingFromNowhere() {
    assertThat(read(Map.of("drover.secrets.root-key", KEY)).currentVersion()).isEqualTo(1);
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("DROVER_ROOT_KEY_FILE");
  }
}
