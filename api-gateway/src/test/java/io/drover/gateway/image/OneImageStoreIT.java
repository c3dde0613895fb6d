package io.drover.gateway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.IdSource;
import io.drover.gateway.GatewayTestCase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of images, as a second gateway of the same cloud finds it. */
@QuarkusTest
class OneImageStoreIT extends GatewayTestCase {
  @ConfigProperty(name = "gateway.image-dir")
  Path running;

  @Inject ImageStores stores;
  @TempDir Path own;

  private OneImageStore at(Path folder) {
    return new OneImageStore(stores, folder, IdSource.random());
  }

  @Test
  void aGatewayWithTheSameFolderStarts() throws IOException {
    at(running).check();
    Files.copy(running.resolve("store-id"), own.resolve("store-id"));
    at(own).check();
    assertThat(own).isDirectoryContaining("glob:**store-id");
  }

  @Test
  void aGatewayWithAFolderOfItsOwnDoesNot() {
    Path folder = own.resolve("images");
    assertThatThrownBy(() -> at(folder).check())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DROVER_IMAGE_DIR")
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("shared file system");
    assertThatThrownBy(() -> at(folder).check()).as("again").isInstanceOf(ProblemException.class);
  }

  @Test
  void aFolderWhoseIdIsDamagedIsReported() throws IOException {
    Files.writeString(own.resolve("store-id"), "garbage");
    assertThatThrownBy(() -> at(own).check()).hasMessageContaining("holds no id");
  }
}
