package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that is isolated reaches what is outside, and neither its host nor its neighbours. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IsolatedGuestIT {
  private static final String REFUSED =
      "ANSWER=\\[nc: can't connect to remote host \\([0-9.]+\\): .*(refused|unreachable)]";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"root", "nobody"})
  void aGuestReachesTheOutsideAndNothingOfItsHost(String user)
      throws IOException, InterruptedException {
    Map<String, String> seen = run(user);

    assertThat(seen.get("address")).contains("10.0.2.15");
    assertThat(seen.get("listening")).isEqualTo("heard heard heard heard");
    assertThat(seen.get("outside")).isEqualTo("true");
    assertThat(seen.get("ping outside")).isEqualTo("PING=[1]");
    assertThat(seen.get("ping host")).isEqualTo("PING=[0]");
    assertThat(seen.get("outside by name")).contains("203.0.113.9");
    for (String refused :
        List.of(
            "slirp's host",
            "slirp's resolver",
            "own loopback's kin",
            "uplink's address",
            "another address",
            "metadata",
            "neighbour's display")) {
      assertThat(seen.get(refused)).as(refused).matches(REFUSED);
    }
    assertThat(seen.get("own datagrams")).isEqualTo("4");
    assertThat(seen.get("the guest's datagrams")).isEqualTo("0");
    assertThat(seen.get("new device")).matches("heard " + REFUSED);
    assertThat(seen.get("new address")).matches("heard " + REFUSED);
    assertThat(seen.get("namespaces"))
        .startsWith("true false")
        .contains(user.equals("root") ? "CapEff: " : "CapEff: 0000000000000000");
    assertThat(seen.get("after the uplink was killed")).isEqualTo("true");
    assertThat(seen.get("without the driver")).isEqualTo("true");
    assertThat(seen.get("found again")).matches("2" + REFUSED);
    assertThat(seen.get("after it was killed again")).isEqualTo("true");
    assertThat(seen.get("processes")).isEqualTo("true");
    assertThat(seen.get("left behind")).isEqualTo("0");
    assertThat(seen.get("of a killed driver")).isEqualTo("true");
    assertThat(seen.get("left behind by it")).isEqualTo("0");
  }

  @Test
  void aHostThatCannotFilterRefusesCardsAndNothingElse() throws IOException, InterruptedException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path programs = Files.createDirectory(folder.resolve("bin"));
    for (String program :
        List.of("prlimit", "setsid", "unshare", "mkfifo", "nsenter", "ip", "qemu-img")) {
      Path found = Programs.find(program).orElseThrow();
      Files.createSymbolicLink(programs.resolve(program), found);
    }

    Map<String, String> seen =
        NamespacedProgram.run(
            Map.of("PATH", programs.toString()),
            UnableHostProgram.class,
            folder.resolve("r").toString());

    assertThat(seen.get("prepared"))
        .endsWith(
            "This host cannot isolate guests that have network cards: nft is missing; install it"
                + " (on Debian the package nftables).");
    assertThat(seen.get("card")).isEqualTo(seen.get("prepared"));
    assertThat(seen.get("no card")).isEqualTo("true lo DOWN");
    assertThat(seen.get("not isolated")).isEqualTo("started");
  }

  private Map<String, String> run(String user) throws IOException, InterruptedException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    for (String program : List.of("pasta", "nft", "ip")) {
      Assumptions.assumeTrue(Programs.find(program).isPresent(), "needs " + program);
    }
    Path guest = Path.of(System.getProperty("project.root"), "data", "testguest");
    Assumptions.assumeTrue(
        Files.exists(guest.resolve("cmdline")), "needs what deploy/testguest/build makes");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return NamespacedProgram.run(
        IsolatedGuestProgram.class,
        folder.resolve("r").toString(),
        user,
        passable(guest.resolve("vmlinuz")),
        passable(guest.resolve("initrd")),
        Files.readString(guest.resolve("cmdline")).strip());
  }

  /** A copy that another user can read: ./run closes the data folder. */
  private String passable(Path file) throws IOException {
    Path copy = Files.copy(file, folder.resolve(file.getFileName()));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
    return copy.toString();
  }
}
