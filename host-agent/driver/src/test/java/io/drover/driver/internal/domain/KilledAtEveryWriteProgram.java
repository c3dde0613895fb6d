package io.drover.driver.internal.domain;

import static io.drover.driver.internal.domain.NamespacedProgram.print;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@link KilledAtEveryWriteIT} does in a network namespace of its own: has a program killed at
 * one change of the journal after another, opens the root again and prints what is left.
 */
final class KilledAtEveryWriteProgram {
  private final Path root;
  private final Path xml;
  private final Path folder;
  private final String user;

  private KilledAtEveryWriteProgram(Path folder, String user) {
    this.user = user;
    this.folder = folder;
    this.root = folder.resolve("r");
    this.xml = folder.resolve("domain.xml");
  }

  public static void main(String[] arguments) throws Exception {
    new KilledAtEveryWriteProgram(Path.of(arguments[0]), arguments[1]).run();
  }

  private void run() throws Exception {
    ip("link", "add", "br-guests", "type", "bridge");
    ip("link", "set", "br-guests", "up");
    ip("address", "add", "192.0.2.2/24", "dev", "br-guests"); // passt shows them to its guest
    ip("route", "add", "default", "via", "192.0.2.1");
    try (LocalDriver driver = open()) {
      driver.capabilities(); // probed once for all
    }
    int point = 0;
    boolean killed = true;
    while (killed) {
      killed = killedAt(++point);
      try (LocalDriver driver = open()) {
        List<Domain> found = driver.domains();
        boolean runs =
            found.stream().allMatch(each -> each.status().state() == DomainState.RUNNING);
        print("found " + point, runs ? "" : found.get(0).status());
        found.forEach(Domain::destroy);
        print("unknown " + point, driver.unknownQemus().isEmpty() ? "" : driver.unknownQemus());
      }
      print("left " + point, String.join(" ", left()));
    }
    print("points", point - 1);
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(root), KilledStartProgram.options(user));
  }

  private boolean killedAt(int point) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    KilledStartProgram.class,
                    root.toString(),
                    xml.toString(),
                    user,
                    Integer.toString(point)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!program.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The program does not end at point " + point);
    }
    int status = program.exitValue();
    if (status != 0 && status != KillPoint.KILLED) {
      throw new IllegalStateException("The program ended with " + status + " at " + point);
    }
    return status == KillPoint.KILLED;
  }

  private List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    ip("-o", "link", "show", "master", "br-guests").lines().forEach(left::add);
    for (String each : List.of("run/qemu", "run/swtpm")) {
      try (Stream<Path> files = Files.list(root.resolve(each))) {
        files
            .filter(file -> !file.endsWith("driver.pid"))
            .forEach(file -> left.add(file.toString()));
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().contains(".TRANSIENT-"))
          .forEach(file -> left.add(file.toString()));
    }
    String owner = Files.getOwner(folder.resolve("disk.img")).getName();
    if (!owner.equals("root")) {
      left.add("disk.img of " + owner);
    }
    ProcessHandle.allProcesses().map(ProcessHandle::pid).forEach(pid -> addOurs(pid, left));
    return left;
  }

  /** Everything that the driver starts names a path below the folder; so do we, as a Java. */
  private void addOurs(long pid, List<String> left) {
    try {
      String argv = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), UTF_8);
      if (argv.contains(root.toString()) && !argv.contains("/bin/java")) {
        left.add("process " + pid + " " + argv.replace('\0', ' '));
      }
    } catch (IOException e) {
      return; // it has ended
    }
  }

  private static String ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    ToolProcess.Result result = ToolProcess.run(command, new byte[0], Duration.ofSeconds(20));
    if (result.exitStatus() != 0) {
      throw new IllegalStateException(command + ": " + result.output());
    }
    return result.output();
  }
}
