package io.drover.standalone.launch;

import io.drover.standalone.demo.Demo;
import io.drover.standalone.demo.DemoFailure;
import io.drover.standalone.demo.Screen;
import io.drover.standalone.suite.Ports;
import io.drover.standalone.suite.Suite;
import io.drover.standalone.suite.SuiteOptions;
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

/**
 * {@code ./run} after the build. Arguments: the checkout, the data folder, then {@code --once} or
 * {@code --clean}. Exit status: 0, 1 when a step failed, 130 after Ctrl-C.
 */
public final class Launcher {
  private static final double BYTES_PER_MIB = 1024 * 1024;

  private final Path checkout;
  private final Path data;
  private final Screen screen;
  private final long begun = System.nanoTime();

  private Launcher(Path checkout, Path data, Screen screen) {
    this.checkout = checkout;
    this.data = data;
    this.screen = screen;
  }

  /** The entry; waits for its own orderly end when a signal comes. */
  public static void main(String[] arguments) {
    Path checkout = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path data = Path.of(arguments[1]).toAbsolutePath().normalize();
    Set<String> flags = Set.copyOf(Arrays.asList(arguments).subList(2, arguments.length));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Screen screen = new Screen(out, Boolean.getBoolean("drover.colour"));
    Launcher launcher = new Launcher(checkout, data, screen);
    CountDownLatch ended = new CountDownLatch(1);
    Interruption.onSignal(Thread.currentThread(), ended);
    int status = 1;
    try {
      status = flags.contains("--clean") ? launcher.clean() : launcher.run(flags);
      launcher.tellOfGuests();
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }

  private void tellOfGuests() {
    for (ProcessHandle guest : Guests.under(data)) {
      screen.note(
          "A guest goes on without Drover (process "
              + guest.pid()
              + "): the next ./run finds it again, ./run --clean ends it.");
    }
  }

  private int clean() {
    try {
      List<String> ended = Suite.endLeftovers(data);
      ended.forEach(name -> screen.note("ended " + name + " of an earlier run"));
      for (ProcessHandle guest : Guests.under(data)) {
        screen.note("ended a guest (process " + guest.pid() + ")");
        guest.destroyForcibly();
      }
      Guests.remove(data);
      screen.note("removed " + data);
      return 0;
    } catch (IOException e) {
      screen.failed("clean", cause(e), data.resolve("logs").toString());
      return 1;
    }
  }

  private int run(Set<String> flags) {
    try {
      runOrFail(flags.contains("--once"));
      return 0;
    } catch (DemoFailure e) {
      screen.failed(e.step(), cause(e), log(e.part()));
      return 1;
    } catch (IOException e) {
      screen.failed("start the suite", cause(e), data.resolve("logs").toString());
      return 1;
    } catch (InterruptedException e) {
      // Ctrl-C before there was anything to stay for; what had started is stopped by now.
      screen.note("Interrupted.");
      return 130;
    }
  }

  private void runOrFail(boolean once) throws IOException, InterruptedException {
    screen.title("Drover: a private cloud on this machine");
    Suite.endLeftovers(data)
        .forEach(name -> screen.note("ended " + name + ", which an earlier run had left"));
    Ports ports = Ports.choose(data.resolve("ports.properties"));
    ports.moves().forEach(screen::warn);
    if (!Files.exists(data.resolve("keycloak/built"))) {
      screen.note("The first start unpacks PostgreSQL and Keycloak; this takes a minute, once.");
    }
    SuiteOptions options = new SuiteOptions(checkout, data, ports);
    try (Suite suite = Suite.start(options, (part, took) -> screen.done(part, "ready", took))) {
      Duration healthy = since(begun);
      screen.done("suite", "healthy", healthy);
      Demo demo = new Demo(place(suite), screen);
      demo.run();
      summary(suite, demo, healthy, since(begun));
      Files.writeString(data.resolve("cds/launcher.complete"), "");
      if (once) {
        demo.removeDomain();
      } else {
        stay(suite, demo);
      }
      screen.note("Stopping." + archiving());
    }
    screen.note("Stopped after " + since(begun).toSeconds() + " s. Data is kept in " + data + ".");
  }

  private void stay(Suite suite, Demo demo) throws IOException, InterruptedException {
    try {
      suite.awaitFailure();
    } catch (InterruptedException e) {
      screen.note("Ctrl-C: powering the demo guest off; other guests go on without Drover.");
      demo.stopDomain();
    }
  }

  private String archiving() {
    return Files.isDirectory(data.resolve("cds")) && Guests.anyUnfinished(data.resolve("cds"))
        ? " The first time this takes longer: each part keeps its classes for faster starts."
        : "";
  }

  private Demo.Place place(Suite suite) {
    return new Demo.Place(
        suite.gatewayUrl(),
        suite.keycloak().realmUrl(),
        suite.credentials()::of,
        data.resolve("testguest/drover-guest.qcow2"),
        checkout.resolve("deploy/standalone/demo.xml"));
  }

  private void summary(Suite suite, Demo demo, Duration healthy, Duration ready) {
    screen.title("Times");
    screen.row("suite healthy", Screen.seconds(healthy));
    demo.times().forEach(took -> screen.row(took.chapter(), Screen.seconds(took.time())));
    screen.row("guest ready", Screen.seconds(ready) + " after the start");
    screen.row(
        "memory", Math.round(suite.memory() / BYTES_PER_MIB) + " MiB in all processes (PSS)");
    screen.title("Addresses");
    screen.row("gateway", suite.gatewayUrl() + "  (API: /q/openapi, health: /q/health)");
    screen.row("keycloak", suite.keycloak().realmUrl().resolve("/admin").toString());
    screen.row("kafka", suite.kafka().bootstrapServers());
    screen.row("traces", suite.traces().file().toString());
    screen.row("logs", suite.logs().toString());
    screen.title("Logins");
    screen.row("alice", suite.credentials().of("alice") + "  tenant of the project demo");
    screen.row("bob", suite.credentials().of("bob") + "  tenant of the project other");
    screen.row("olga", suite.credentials().of("olga") + "  operator");
    screen.row("admin", suite.credentials().of("keycloak-admin") + "  of Keycloak");
    screen.title("Try next, in another terminal");
    String server = " --server " + suite.gatewayUrl();
    screen.row("", "./drover login --user alice" + server + issuer(suite));
    screen.row("", "./drover domain list --project demo");
    screen.row("", "./drover domain console demo --project demo");
    screen.note("");
    screen.note("Ctrl-C stops everything; the data stays. ./run --clean removes it.");
  }

  private static String issuer(Suite suite) {
    return " --oidc-url " + suite.keycloak().realmUrl();
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
