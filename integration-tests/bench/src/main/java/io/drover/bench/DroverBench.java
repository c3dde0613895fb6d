package io.drover.bench;

import io.drover.standalone.launch.ShutdownSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures Drover on this machine.")
final class DroverBench {
  private static final Set<String> ALL = Set.of("driver", "suite", "virsh");

  private DroverBench() {}

  public static void main(String[] arguments) {
    CountDownLatch ended = new CountDownLatch(1);
    ShutdownSignal.onSignal(Thread.currentThread(), ended);
    int status = CommandLine.ExitCode.SOFTWARE;
    try {
      status = new CommandLine(new DroverBench()).execute(arguments);
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = {
        "How long a domain takes to start: raw QEMU, the driver library, the whole suite and, where"
            + " a libvirtd runs, virsh; in turn, in one run.",
        "Starts a suite of its own unless --server names a running one."
      })
  int start(
      @Option(names = "--runs", paramLabel = "N", defaultValue = "30") int runs,
      @Option(
              names = "--warmups",
              paramLabel = "N",
              defaultValue = "60",
              description = "Rounds before those that count; the services' JVMs compile in them.")
          int warmUps,
      @Option(
              names = "--with",
              paramLabel = "WHAT",
              split = ",",
              description = "driver, suite, virsh (default all); raw QEMU always.")
          @Nullable List<String> with,
      @Option(
              names = "--server",
              paramLabel = "URL",
              description = "A running suite, entered with the login of drover.")
          @Nullable String server,
      @Option(names = "--project", paramLabel = "NAME", defaultValue = "demo") String project)
      throws IOException, InterruptedException {
    Set<String> wanted = with == null ? ALL : Set.copyOf(with);
    List<Contender> contenders = new ArrayList<>();
    try (BenchFolder folder = BenchFolder.make()) {
      try {
        DriverLibrary driver = DriverLibrary.open(folder.path().resolve("d"));
        contenders.add(driver);
        contenders.add(0, driver.raw(folder.path().resolve("r")));
        if (wanted.contains("suite")) {
          contenders.add(
              server == null
                  ? SuiteAccess.started(checkout(), folder.suite())
                  : SuiteAccess.running(server, project));
        }
        if (wanted.contains("virsh")) {
          Optional<Contender> virsh = Virsh.find(folder.path());
          virsh.ifPresentOrElse(
              contenders::add,
              () -> System.err.println("virsh: not measured; no libvirtd answers here"));
        }
        Race race = new Race(contenders);
        race.run(warmUps, runs);
        new Report(System.out).print(race.runs());
      } finally {
        contenders.forEach(Contender::close);
      }
    }
    return 0;
  }

  @Command(
      name = "driver",
      mixinStandardHelpOptions = true,
      description = "How long definitions take to become QEMU command lines, without any guest.")
  int driver() throws IOException, InterruptedException, RunnerException {
    new DriverSpeed(checkout()).measure(System.out);
    return 0;
  }

  private static Path checkout() {
    return Path.of(System.getProperty("drover.home", "")).toAbsolutePath();
  }
}
