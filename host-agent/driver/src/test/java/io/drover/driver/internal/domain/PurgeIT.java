package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.Secrets;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedded driver leaves under its root goes with one call, and nothing else does. */
class PurgeIT {
  @TempDir Path folder;

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  private LocalDomain start(LocalDriver driver) {
    var id = BareGuest.newId();
    return driver.start(id, StartOptions.plain(), BareGuest.plan(id, driver.layout().log()));
  }

  @Test
  void theWholeTreeGoesAndTheRootCanBeOpenedAgain() {
    LocalDriver driver = open();
    driver.secrets().define(Secrets.Definition.of(UUID.randomUUID()));
    start(driver).destroy();

    driver.purge();

    assertThat(folder.resolve("r")).doesNotExist();
    open().purge();
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @Test
  void closingAgainTakesTheRootFromNobody() {
    LocalDriver first = open();
    first.purge();
    LocalDriver second = open();
    first.close();

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE));
    second.purge();
  }

  @Test
  void whatIsNotTheDriversStays() throws IOException {
    LocalDriver driver = open();
    Path image = Files.writeString(folder.resolve("r/disk.img"), "the program's");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("kept"), "kept");
    Files.createSymbolicLink(driver.layout().lib().resolve("link"), elsewhere);

    driver.purge();

    assertThat(image).exists();
    assertThat(folder.resolve("r").toFile().list()).containsExactly("disk.img");
    assertThat(elsewhere.resolve("kept")).exists();
  }

  @Test
  void itIsRefusedWhileADomainRuns() {
    LocalDriver driver = open();
    LocalDomain domain = start(driver);

    assertThatThrownBy(driver::purge)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE);
              assertThat(e.getMessage()).contains("bare").contains("End them first");
            });
    // Nothing has changed: the driver still works.
    domain.pause();
    domain.destroy();
    start(driver).destroy();
    driver.purge();
  }

  @Test
  void secretsLieInTheTreeForTheOwnerAloneAndOutliveTheDriver() throws IOException {
    UUID id = UUID.randomUUID();
    try (LocalDriver driver = open()) {
      driver.secrets().define(Secrets.Definition.of(id).withUsage("volume", "/a.img"));
      driver.secrets().setValue(id, "opensesame".getBytes(StandardCharsets.UTF_8));
    }
    Path secrets = folder.resolve("r/etc/secrets");
    assertThat(Files.getPosixFilePermissions(secrets)).hasSize(3);
    try (var files = Files.list(secrets)) {
      assertThat(files.toList())
          .hasSize(2)
          .allSatisfy(
              file -> {
                assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("opensesame")
                    .doesNotContain("b3BlbnNlc2FtZQ");
              });
    }
    try (LocalDriver driver = open()) {
      assertThat(driver.secrets().find(id).orElseThrow().usage()).isEqualTo("/a.img");
      String value =
          driver.secrets().value(id).use(bytes -> new String(bytes, StandardCharsets.UTF_8));
      assertThat(value).isEqualTo("opensesame");
    }
  }
}
