package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupManifestTest {
  @TempDir Path state;

  @Test
  void nothingOfItLiesInTheFolderThatQemusUserOwns() throws IOException {
    Path folder = Files.createDirectory(state.resolve("domain-1"));
    CleanupManifest list = new CleanupManifest(folder, "taps");
    Files.write(state.resolve("domain-1.taps"), List.of("tap1", "tap2")); // as an older driver did
    Files.write(folder.resolve("taps"), List.of("br0")); // as a guest that has broken out may

    assertThat(new CleanupManifest(folder, "taps").read()).containsExactly("tap1", "tap2");

    list.remove();
    assertThat(list.read()).isEmpty();
  }

  @Test
  void oneThatIsNotThereNamesNothing() {
    CleanupManifest list = new CleanupManifest(state.resolve("domain-2"), "taps");
    assertThat(list.read()).isEmpty();
    list.remove();
  }
}
