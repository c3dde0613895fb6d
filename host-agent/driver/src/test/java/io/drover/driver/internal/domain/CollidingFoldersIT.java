package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.folder.DomainFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ids, as anybody finds them in a moment, whose folders have one name. */
class CollidingFoldersIT {
  private static List<DomainId> colliding() throws Exception {
    Map<String, DomainId> seen = new HashMap<>();
    while (true) {
      DomainId id = BareGuest.newId();
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(id.toString().getBytes(StandardCharsets.US_ASCII));
      DomainId other = seen.put(HexFormat.of().formatHex(Arrays.copyOf(hash, 4)), id);
      if (other != null) {
        return List.of(other, id);
      }
    }
  }

  @Test
  void aStartLeavesTheFolderAloneOfAnotherThatIsOnItsWay(@TempDir Path root) throws Exception {
    List<DomainId> ids = colliding();
    try (LocalDriver driver = TestDriver.open(DriverLayout.under(root), DriverOptions.defaults())) {
      assertThatThrownBy(() -> start(driver, ids.get(0), first -> second(driver, ids, first)))
          .isInstanceOf(ProblemException.class);
    }
  }

  private static void second(LocalDriver driver, List<DomainId> ids, DomainFolder first) {
    assertThatThrownBy(
            () ->
                start(
                    driver,
                    ids.get(1),
                    second -> assertThat(second.path()).isNotEqualTo(first.path())))
        .isInstanceOf(ProblemException.class);
    assertThat(Files.isDirectory(first.path())).isTrue();
  }

  private static void start(
      LocalDriver driver, DomainId id, java.util.function.Consumer<DomainFolder> meanwhile) {
    driver.start(
        id,
        StartOptions.plain(),
        folder -> {
          meanwhile.accept(folder);
          throw new ProblemException(ErrorCode.INVALID_DEFINITION, "That is enough.");
        });
  }
}
