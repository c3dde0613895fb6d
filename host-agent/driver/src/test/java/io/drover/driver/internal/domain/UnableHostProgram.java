package io.drover.driver.internal.domain;

import static io.drover.driver.internal.domain.NamespacedProgram.print;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@link IsolatedGuestIT} does on a host that lacks a tool; prints what was refused. */
final class UnableHostProgram {
  private static final StartOptions ISOLATED = StartOptions.plain().withIsolated(true);
  private static final String CARD = "<interface type='user'/>";

  private UnableHostProgram() {}

  public static void main(String[] arguments) throws IOException {
    DriverLayout layout = DriverLayout.under(Path.of(arguments[0]));
    try (LocalDriver driver = TestDriver.open(layout, DriverOptions.defaults())) {
      print("prepared", refusal(driver::prepareIsolation));
      print("card", refusal(() -> driver.start(xml(CARD), ISOLATED)));
      Domain without = driver.start(xml(""), ISOLATED);
      print("no card", !inNetworkOf(without).equals(hostNetwork()) + " " + devices(without));
      without.destroy();
      driver.start(xml(CARD), StartOptions.plain()).destroy();
      print("not isolated", "started");
    }
  }

  private static Path hostNetwork() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
  }

  private static Path inNetworkOf(Domain domain) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + domain.pid() + "/ns/net"));
  }

  private static String devices(Domain domain) throws IOException {
    Process ip =
        new ProcessBuilder(
                "nsenter", "--net=/proc/" + domain.pid() + "/ns/net", "ip", "-br", "address")
            .start();
    return new String(ip.getInputStream().readAllBytes(), UTF_8).replaceAll("\\s+", " ");
  }

  private static String refusal(Runnable start) {
    try {
      start.run();
      return "not refused";
    } catch (ProblemException e) {
      return e.getMessage();
    }
  }

  private static String xml(String devices) {
    return """
        <domain type='qemu'>
          <name>tried</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>%s</devices>
        </domain>
        """
        .formatted(devices);
  }
}
