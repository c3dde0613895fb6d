package io.drover.driver.internal.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.ImageFile;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the real {@code qemu-img}. */
class QemuImgVolumesIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final long MIB = 1024 * 1024;
  private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTAwMDA=";
  private static final byte[] MARK = "A line that the guest wrote".getBytes(UTF_8);

  @TempDir Path folder;
  private final QemuImgVolumes volumes = new QemuImgVolumes(DEADLINE);
  private Path image;

  @BeforeEach
  void writeAnImage() throws IOException {
    image = folder.resolve("image.raw");
    Files.write(image, Arrays.copyOf(MARK, (int) MIB));
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void anEncryptedVolumeHoldsTheImageForItsKeyAlone(ImageFormat format) throws IOException {
    Path volume = folder.resolve("volume");
    try (SecretBytes key = key()) {
      volumes.create(volume(volume, format, 4 * MIB), Optional.of(key));
    }

    assertThat(new String(Files.readAllBytes(volume), UTF_8))
        .doesNotContain(new String(MARK, UTF_8));
    assertThat(readBack(volume, format, KEY)).startsWith(MARK).hasSize((int) (4 * MIB));
    assertThat(open(volume, format, "another key", folder.resolve("out2")).exitStatus())
        .isNotZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void aThinVolumeTakesWhatWasWrittenAndNotWhatItMayHold() throws IOException {
    Path own = Files.createDirectory(folder.resolve("volumes"));
    NewVolume thin =
        new NewVolume(own.resolve("thin"), ImageFormat.RAW, 1024 * MIB, Optional.empty());
    volumes.create(thin, Optional.empty());
    assertThat(volumes.allocatedBytes(own)).isLessThan(MIB);
    Files.write(own.resolve("more"), new byte[(int) (2 * MIB)]);
    assertThat(volumes.allocatedBytes(own)).isBetween(2 * MIB, 3 * MIB);
  }

  @Test
  void anotherUserReadsTheImageAndTheVolumeIsOursAfterwards() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-------"));
    QemuImgVolumes careful = new QemuImgVolumes(DEADLINE, Optional.of("nobody"));
    for (ImageFormat format : ImageFormat.values()) {
      Path volume = folder.resolve("volume." + format);
      try (SecretBytes key = key()) {
        careful.create(volume(volume, format, 4 * MIB), Optional.of(key));
      }
      assertThat(readBack(volume, format, KEY)).startsWith(MARK);
      assertThat(Files.getOwner(volume).getName()).isEqualTo("root");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume)))
          .isEqualTo("rw-------");
      Path plain = folder.resolve("plain." + format);
      careful.create(volume(plain, format, 4 * MIB), Optional.empty());
      assertThat(Files.getOwner(plain).getName()).isEqualTo("root");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image)))
        .isEqualTo("rw-r-----");
  }

  /** It runs as nobody, or it would not fail. */
  @Test
  void anImageThatTheOtherUserCannotReachIsNotReadAsRoot() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    QemuImgVolumes careful = new QemuImgVolumes(DEADLINE, Optional.of("nobody"));
    NewVolume wanted = volume(folder.resolve("volume"), ImageFormat.QCOW2, 4 * MIB);
    assertThatThrownBy(() -> careful.create(wanted, Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cannot be read");
    assertThat(folder.resolve("volume")).doesNotExist();
  }

  @Test
  void aPlainVolumeHoldsTheImage() throws IOException {
    Path volume = folder.resolve("volume");
    volumes.create(volume(volume, ImageFormat.RAW, 2 * MIB), Optional.empty());

    assertThat(Files.readAllBytes(volume)).startsWith(MARK).hasSize((int) (2 * MIB));
  }

  @Test
  void aRepeatedCreationChangesNothing() throws IOException {
    Path volume = folder.resolve("volume");
    Files.writeString(volume, "the guest's data");
    volumes.create(volume(volume, ImageFormat.RAW, 2 * MIB), Optional.empty());

    assertThat(volume).hasContent("the guest's data");
  }

  @Test
  void refusesAnImageLargerThanTheVolumeAndLeavesNothing() {
    Path volume = folder.resolve("volume");
    assertThatThrownBy(
            () -> volumes.create(volume(volume, ImageFormat.QCOW2, MIB / 2), Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
        .hasMessageContaining("1048576");
    assertThat(volume).doesNotExist();
  }

  @Test
  void refusesAnImageWhoseBackingFileIsAFileOfTheHost() {
    Path overlay = folder.resolve("overlay.qcow2");
    ToolProcess.Result made =
        tool(
            "qemu-img",
            "create",
            "-q",
            "-f",
            "qcow2",
            "-F",
            "raw",
            "-b",
            "/etc/hostname",
            overlay.toString(),
            "1M");
    assertThat(made.exitStatus()).as(made.output()).isZero();

    assertRefused(new ImageFile(overlay, ImageFormat.QCOW2), "backing file");
  }

  @Test
  void refusesAnImageWithAnExternalDataFile() {
    Path outer = folder.resolve("outer.qcow2");
    ToolProcess.Result made =
        tool(
            "qemu-img",
            "create",
            "-q",
            "-f",
            "qcow2",
            "-o",
            "data_file=" + folder.resolve("data.raw"),
            outer.toString(),
            "1M");
    assertThat(made.exitStatus()).as(made.output()).isZero();

    assertRefused(new ImageFile(outer, ImageFormat.QCOW2), "data file");
  }

  @Test
  void refusesWhatIsNotOfTheStatedFormat() {
    assertRefused(new ImageFile(image, ImageFormat.QCOW2), "cannot be read as qcow2");
  }

  @Test
  void deletingRemovesTheVolumeAndWhatACrashLeft() throws IOException {
    Path volume = folder.resolve("volume");
    Files.writeString(volume, "x");
    Files.writeString(folder.resolve("volume.unfinished"), "x");
    volumes.delete(volume);
    volumes.delete(volume);

    assertThat(folder).isDirectoryNotContaining("glob:**volume*");
  }

  @Test
  void aToolPastItsDeadlineIsEnded() {
    assertThatThrownBy(
            () -> ToolProcess.run(List.of("sleep", "60"), new byte[0], Duration.ofMillis(50)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
  }

  private void assertRefused(ImageFile refused, String why) {
    Path volume = folder.resolve("volume");
    NewVolume wanted = new NewVolume(volume, ImageFormat.QCOW2, 8 * MIB, Optional.of(refused));
    assertThatThrownBy(() -> volumes.create(wanted, Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
    assertThat(volume).doesNotExist();
  }

  private NewVolume volume(Path path, ImageFormat format, long bytes) {
    return new NewVolume(path, format, bytes, Optional.of(new ImageFile(image, ImageFormat.RAW)));
  }

  private static SecretBytes key() {
    return SecretBytes.owning(KEY.getBytes(UTF_8));
  }

  private byte[] readBack(Path volume, ImageFormat format, String key) throws IOException {
    Path out = folder.resolve("out");
    ToolProcess.Result result = open(volume, format, key, out);
    assertThat(result.exitStatus()).as(result.output()).isZero();
    return Files.readAllBytes(out);
  }

  private static ToolProcess.Result open(Path volume, ImageFormat format, String key, Path out) {
    String node = ",file.filename=" + volume;
    String options =
        format == ImageFormat.RAW
            ? "driver=luks,key-secret=s" + node
            : "driver=qcow2,encrypt.key-secret=s" + node;
    return ToolProcess.run(
        List.of(
            "qemu-img",
            "convert",
            "--object",
            "secret,id=s,file=/dev/stdin",
            "--image-opts",
            options,
            "-O",
            "raw",
            out.toString()),
        key.getBytes(UTF_8),
        DEADLINE);
  }

  private static ToolProcess.Result tool(String... command) {
    return ToolProcess.run(List.of(command), new byte[0], DEADLINE);
  }
}
