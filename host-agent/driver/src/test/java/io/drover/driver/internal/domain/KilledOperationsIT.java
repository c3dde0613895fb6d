package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskCopied;
import io.drover.contracts.operation.DiskDetached;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with the driver dies of SIGKILL at random while disks come, go and are copied. How
 * often, and by which seed, properties say: {@code drover.campaign.kills}, {@code
 * drover.campaign.cycles} (at least), {@code drover.campaign.copies}, {@code drover.campaign.seed}.
 */
@Timeout(3600)
class KilledOperationsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int KILLS = Integer.getInteger("drover.campaign.kills", 3);
  private static final int CYCLES = Integer.getInteger("drover.campaign.cycles", 10);
  private static final int COPIES = Integer.getInteger("drover.campaign.copies", 2);
  private static final long SEED = Long.getLong("drover.campaign.seed", 20261128);
  private static final int COPY_BYTES = 16 * 1024 * 1024;
  private static final long MAX_LIFE_MILLIS = 1500;
  private final Random random = new Random(SEED);
  @TempDir Path root;
  @TempDir Path folder;
  private OperatedGuest guest;

  @BeforeEach
  void start() throws IOException {
    guest = new OperatedGuest(folder);
    try (LocalDriver driver = open()) {
      driver.capabilities(); // found by the programs, which have no time to look
      guest.start(driver);
    }
  }

  @AfterEach
  void end() {
    try (LocalDriver driver = open()) {
      driver.domains().forEach(Domain::destroy);
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(root), TestDriver.options());
  }

  @Test
  void noDiskIsLostDoubledOrHalfAttached() throws Exception {
    Path image = guest.image("sdb.img", OperatedGuest.DISK_BYTES);
    int cycles = 0;
    int kills = 0;
    while (kills < KILLS || cycles < CYCLES) {
      Run run = run(kills < KILLS, "cycles", image.toString(), Integer.toString(CYCLES));
      cycles += run.count("detach");
      kills += run.killed() ? 1 : 0;
      try (LocalDriver driver = open()) {
        consistent(settled(driver));
      }
    }
    System.out.println(cycles + " cycles, " + kills + " kills, seed " + SEED);
    try (LocalDriver driver = open()) {
      Domain domain = settled(driver);
      if (targets(domain).contains("sdb")) {
        assertThat(domain.execute(new DetachDisk("sdb", Applies.LIVE)).outcome())
            .isEqualTo(DiskDetached.Outcome.REMOVED);
      }
      domain.execute(new AttachDisk(OperatedGuest.disk(image, "sdb", "scsi", "raw"), Applies.LIVE));
      consistent(domain);
      assertThat(targets(domain)).containsExactly("sda", "sdb");
    }
  }

  @Test
  void aCopyEndsBitEqualOrSaysWhyNot() throws Exception {
    byte[] content = new byte[COPY_BYTES];
    random.nextBytes(content);
    Path used = folder.resolve("sda.img");
    Files.write(used, content);
    try (LocalDriver driver = open()) {
      OperatedGuest.ask(
          driver.domains().get(0),
          "block_resize",
          "{\"node-name\":\"libvirt-1-format\",\"size\":" + COPY_BYTES + "}");
    }
    int whole = 0;
    for (int copy = 0; copy < COPIES; copy++) {
      Path image = guest.image("copy-" + copy + ".img", COPY_BYTES);
      run(true, "copy", image.toString(), Long.toString(8L * 1024 * 1024));
      try (LocalDriver driver = open()) {
        Domain domain = driver.domains().get(0);
        boolean moved = finished(domain, image);
        consistent(settled(driver));
        assertThat(domain.definitionXml().contains(image.toString())).isEqualTo(moved);
        if (moved) {
          whole++;
          assertThat(image).hasBinaryContent(content);
          OperatedGuest.requireEqualImages(used, image);
          used = image;
        }
        assertThat(domain.definitionXml()).contains(used.toString());
      }
    }
    System.out.println(whole + " of " + COPIES + " copies, each with a kill, seed " + SEED);
    assertThat(whole).isPositive();
  }

  /** Whether the domain uses the copy in the end; the id is that of the killed program. */
  private static boolean finished(Domain domain, Path image) {
    CopyDisk copy = new CopyDisk("sda", OperatedGuest.disk(image, "sda", "scsi", "raw"), 0);
    OperationHandle<DiskCopied> handle =
        domain.submit(copy, JobOptions.of("copy-" + image.getFileName(), "test"));
    try {
      handle.await(DEADLINE).orElseThrow();
      return true;
    } catch (ProblemException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(e.getMessage()).contains("was not copied, because the driver was ended");
      return false;
    }
  }

  private Domain settled(LocalDriver driver) throws Exception {
    Domain domain = driver.domains().get(0);
    long until = System.nanoTime() + DEADLINE.toNanos();
    while (!domain.jobs().isEmpty()) {
      assertThat(System.nanoTime()).as("jobs " + domain.jobs()).isLessThan(until);
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
          .get();
    }
    return domain;
  }

  private static List<String> targets(Domain domain) {
    return DomainXml.read(domain.definitionXml()).devices(Disk.class).stream()
        .map(disk -> disk.target().dev())
        .toList();
  }

  /** QEMU has the disks of the definition, their nodes, and nothing else. */
  private static void consistent(Domain domain) {
    Set<String> nodes = new TreeSet<>();
    Set<String> devices = new TreeSet<>();
    for (Disk disk : DomainXml.read(domain.definitionXml()).devices(Disk.class)) {
      String node = "libvirt-" + disk.image().options().get("index");
      nodes.addAll(List.of(node + "-format", node + "-storage"));
      devices.add(disk.info().alias());
    }
    assertThat(OperatedGuest.nodes(domain)).isEqualTo(nodes);
    Set<String> plugged = OperatedGuest.children(domain, "/machine/peripheral");
    plugged.removeIf(id -> !id.matches("scsi\\d+-.*"));
    assertThat(plugged).isEqualTo(devices);
    assertThat(OperatedGuest.children(domain, "/objects")).noneMatch(id -> id.contains("key"));
    assertThat(OperatedGuest.ask(domain, "query-jobs", "{}")).isEmpty();
  }

  /** What a program said until it ended. */
  private record Run(List<String> said, boolean killed) {
    int count(String line) {
      return (int) said.stream().filter(line::equals).count();
    }
  }

  private Run run(boolean kill, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(TestJvm.command(OperationsProgram.class, root.toString()));
    command.addAll(List.of(arguments));
    Process program =
        new ProcessBuilder(command).redirectError(folder.resolve("program.err").toFile()).start();
    try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = new ArrayList<>();
      String line = output.readLine();
      assertThat(line).as(Files.readString(folder.resolve("program.err"))).isEqualTo("ready");
      if (kill) {
        boolean ended = program.waitFor(random.nextLong(MAX_LIFE_MILLIS), TimeUnit.MILLISECONDS);
        program.toHandle().destroyForcibly(); // unlike its process, leaves what it said
        output.lines().forEach(said::add);
        return new Run(said, !ended);
      }
      output.lines().forEach(said::add);
      return new Run(said, false);
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
