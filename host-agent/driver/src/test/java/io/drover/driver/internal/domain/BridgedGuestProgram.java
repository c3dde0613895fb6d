package io.drover.driver.internal.domain;

import static io.drover.driver.internal.domain.NamespacedProgram.print;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.process.ToolProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@link BridgedGuestIT} does in a network namespace of its own; prints what it saw. */
final class BridgedGuestProgram {
  private static final String BRIDGE = "br-guests";

  private BridgedGuestProgram() {}

  public static void main(String[] arguments) {
    DriverLayout layout = DriverLayout.under(Path.of(arguments[0]));
    run("ip", "link", "add", BRIDGE, "type", "bridge");
    run("ip", "link", "set", BRIDGE, "up");
    DomainId id;
    try (LocalDriver driver = TestDriver.open(layout, DriverOptions.defaults())) {
      print("refused", refusal(driver, xml("no-bridge", "")));
      print("taken", refusal(driver, xml(BRIDGE, "<target dev='lo'/>")));
      print("hostile", refusal(driver, xml(BRIDGE, "<target dev='a b;c'/>")));
      print("after refusals", ports());
      Domain domain =
          driver.start(
              xml(BRIDGE, "<mtu size='1400'/><model type='virtio'/>"), StartOptions.plain());
      id = domain.id();
      print("running", ports());
    }
    print("without the driver", ports());
    try (LocalDriver driver = TestDriver.open(layout, DriverOptions.defaults())) {
      driver.find(id).orElseThrow().destroy();
      print("destroyed", ports());
      Domain unprivileged =
          driver.start(xml(BRIDGE, "<driver name='qemu' queues='2'/>"), StartOptions.plain());
      print("two queues", ports());
      unprivileged.destroy();
      print("end", ports());
    }
  }

  private static String refusal(LocalDriver driver, String xml) {
    try {
      driver.start(xml, StartOptions.plain()).destroy();
      return "not refused";
    } catch (ProblemException e) {
      return e.getMessage();
    }
  }

  private static String ports() {
    return run("ip", "-o", "link", "show", "master", BRIDGE);
  }

  private static String run(String... command) {
    ToolProcess.Result result =
        ToolProcess.run(List.of(command), new byte[0], Duration.ofSeconds(20));
    if (result.exitStatus() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
    }
    return result.output();
  }

  private static String xml(String bridge, String more) {
    return """
        <domain type='qemu'>
          <name>bridged</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <interface type='bridge'>
              <mac address='52:54:00:aa:bb:cc'/>
              <source bridge='%s'/>
              %s
            </interface>
          </devices>
        </domain>
        """
        .formatted(bridge, more.contains("<model") ? more : more + "<model type='virtio'/>");
  }
}
