package io.drover.standalone.launch;

import io.drover.standalone.cluster.ClusterOptions;
import io.drover.standalone.cluster.DataFolder;
import io.drover.standalone.cluster.Guests;
import io.drover.standalone.cluster.OperatorSettings;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.cluster.StandaloneCluster;
import io.drover.standalone.cluster.StartProgress;
import io.drover.standalone.cluster.Supervision;
import io.drover.standalone.demo.Demo;
import io.drover.standalone.demo.DemoFailure;
import io.drover.standalone.demo.ProgressConsole;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * {@code ./run} after the build. Arguments: the checkout, the data folder, then {@code --once},
 * {@code --stop} or {@code --clean}, and {@code --hosts=N}. Exit status: 0, 1 when a step failed,
 * 130 after Ctrl-C.
 */
public final class Launcher {
  private static final String HOSTS = "--hosts=";

  private final Path checkout;
  private final Path data;
  private final ProgressConsole console;
  private final long begun = System.nanoTime();

  private Launcher(Path checkout, Path data, ProgressConsole console) {
    this.checkout = checkout;
    this.data = data;
    this.console = console;
  }

  /** The entry; waits for its own orderly end when a signal comes. */
  public static void main(String[] arguments) {
    Path checkout = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path data = Path.of(arguments[1]).toAbsolutePath().normalize();
    Set<String> flags = Set.copyOf(Arrays.asList(arguments).subList(2, arguments.length));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    ProgressConsole console = new ProgressConsole(out, Boolean.getBoolean("drover.colour"));
    Launcher launcher = new Launcher(checkout, data, console);
    CountDownLatch ended = new CountDownLatch(1);
    ShutdownSignal.onSignal(Thread.currentThread(), ended);
    int status = 1;
    try {
      status = launcher.launch(flags);
      launcher.listGuests();
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }

  private int launch(Set<String> flags) {
    if (flags.contains("--clean")) {
      return clean();
    }
    return flags.contains("--stop") ? stop() : run(flags);
  }

  private void listGuests() {
    if (ownedByAnother()) {
      return;
    }
    for (ProcessHandle guest : Guests.under(data)) {
      console.note(
          "A guest keeps running without Drover (process "
              + guest.pid()
              + "): the next ./run finds it again, ./run --clean ends it.");
    }
  }

  /** Whether the guests are those of a suite that another launcher runs. */
  private boolean ownedByAnother() {
    try {
      return StandaloneCluster.launcher(data)
          .filter(launcher -> launcher.isAlive() && !launcher.equals(ProcessHandle.current()))
          .isPresent();
    } catch (IOException e) {
      console.warn("the running launcher cannot be looked up: " + cause(e));
      return true;
    }
  }

  private int clean() {
    try {
      List<String> ended = StandaloneCluster.endLeftovers(data);
      ended.forEach(name -> console.note("ended " + name + " of an earlier run"));
      for (ProcessHandle guest : Guests.under(data)) {
        console.note("ended a guest (process " + guest.pid() + ")");
        guest.destroyForcibly();
      }
      DataFolder.remove(data);
      console.note("removed " + data);
      return 0;
    } catch (IOException e) {
      console.failed("clean", cause(e), data.resolve("logs").toString());
      return 1;
    }
  }

  private int stop() {
    try {
      new RunningLauncher(data, console).stop();
      return 0;
    } catch (IOException e) {
      console.failed("stop the suite", cause(e), data.resolve("logs").toString());
      return 1;
    } catch (InterruptedException e) {
      console.note("Interrupted.");
      return 130;
    }
  }

  private int run(Set<String> flags) {
    try {
      runOrFail(flags.contains("--once"), hosts(flags));
      return 0;
    } catch (DemoFailure e) {
      console.failed(e.step(), cause(e), log(e.part()));
      return 1;
    } catch (IOException e) {
      console.failed("start the suite", cause(e), data.resolve("logs").toString());
      return 1;
    } catch (InterruptedException e) {
      // Ctrl-C before there was anything to stay for; what had started is stopped by now.
      console.note("Interrupted.");
      return 130;
    }
  }

  private static int hosts(Set<String> flags) {
    return flags.stream()
        .filter(flag -> flag.startsWith(HOSTS))
        .map(flag -> Integer.parseInt(flag.substring(HOSTS.length())))
        .findAny()
        .orElse(1);
  }

  private void runOrFail(boolean once, int hosts) throws IOException, InterruptedException {
    console.title("Drover: a private cloud on this machine");
    StandaloneCluster.endLeftovers(data)
        .forEach(name -> console.note("ended " + name + ", which an earlier run had left"));
    Ports ports = Ports.choose(data.resolve("ports.properties"));
    ports.moves().forEach(console::warn);
    if (!Files.exists(data.resolve("keycloak/built"))) {
      console.note("The first start unpacks PostgreSQL and Keycloak; this takes a minute, once.");
    }
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            new ClusterOptions(checkout, data, ports, settings(), hosts, true), progress())) {
      Duration healthy = since(begun);
      console.done("suite", "healthy", healthy);
      LocalAccess access = LocalAccess.of(System.getenv(), data);
      access.write(cluster);
      try {
        use(cluster, healthy, once);
      } finally {
        Files.deleteIfExists(readyFile());
        access.remove();
      }
      console.note("Stopping." + archiving());
    }
    console.note("Stopped after " + since(begun).toSeconds() + " s. Data is kept in " + data + ".");
  }

  private OperatorSettings settings() throws IOException {
    OperatorSettings settings =
        OperatorSettings.read(data.resolve("settings.properties"), System.getenv());
    settings.ignored().forEach(name -> console.warn(name + " is ignored: the suite sets its own"));
    return settings;
  }

  private void use(StandaloneCluster cluster, Duration healthy, boolean once)
      throws IOException, InterruptedException {
    Demo demo = new Demo(place(cluster), console);
    demo.run();
    new ClusterSummary(cluster, demo, data.resolve("private")).show(console, healthy, since(begun));
    Files.writeString(data.resolve("cds/launcher.complete"), "");
    Files.writeString(readyFile(), ProcessHandle.current().pid() + "\n");
    if (once) {
      demo.removeDomain();
    } else {
      stay(cluster, demo);
    }
  }

  /** {@code ./run --detach} waits for it. */
  private Path readyFile() {
    return data.resolve("run/launcher.ready");
  }

  /** Until a signal interrupts this thread; parts that exit meanwhile are started again. */
  private void stay(StandaloneCluster cluster, Demo demo) throws InterruptedException {
    try (Supervision supervision = cluster.supervise(new RestartLines(console))) {
      supervision.awaitClose();
    } catch (InterruptedException e) {
      powerOff(cluster, demo);
    }
  }

  private void powerOff(StandaloneCluster cluster, Demo demo) throws InterruptedException {
    List<String> down = cluster.down();
    if (!down.isEmpty()) {
      console.warn("the demo guest is not powered off: " + String.join(", ", down) + " is down");
      return;
    }
    console.note("Powering the demo guest off; other guests keep running without Drover.");
    try {
      demo.stopDomain();
    } catch (IOException e) {
      console.warn("the demo guest is not powered off: " + cause(e));
    }
  }

  private String archiving() {
    return Files.isDirectory(data.resolve("cds")) && anyUnfinished(data.resolve("cds"))
        ? " The first time this takes longer: each part keeps its classes for faster starts."
        : "";
  }

  /** Whether a JVM will write its class archive when it ends. */
  private static boolean anyUnfinished(Path archives) {
    try (Stream<Path> files = Files.list(archives)) {
      return files.noneMatch(file -> file.toString().endsWith(".jsa"));
    } catch (IOException e) {
      return false;
    }
  }

  private StartProgress progress() {
    return new StartProgress() {
      @Override
      public void ready(String part, Duration took) {
        console.done(part, "ready", took);
      }

      @Override
      public void note(String text) {
        console.note(text);
      }
    };
  }

  private Demo.Place place(StandaloneCluster cluster) {
    return new Demo.Place(
        cluster.gatewayUrl(),
        cluster.keycloak().realmUrl(),
        cluster.credentials()::of,
        data.resolve("testguest/drover-guest.qcow2"),
        checkout.resolve("deploy/standalone/demo.xml"));
  }

  private String log(String part) {
    return data.resolve("logs").resolve(part + ".log").toString();
  }

  private static String cause(IOException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
