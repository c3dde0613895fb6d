package io.drover.driver.internal.domain;

import static io.drover.driver.internal.domain.NamespacedProgram.print;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@link PasstIT} does in a network namespace of its own; prints what it saw. */
final class PasstProgram {
  private final Path root;
  private final DriverLayout layout;

  private PasstProgram(Path root) {
    this.root = root;
    this.layout = DriverLayout.under(root);
  }

  /** The first argument is the driver's root; more are a guest: kernel, initrd, its arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    makeNetwork();
    PasstProgram program = new PasstProgram(Path.of(arguments[0]));
    if (arguments.length == 1) {
      program.live();
      new PasstProgram(program.root.resolveSibling("u")).unprivileged();
    } else {
      program.talk(arguments[1], arguments[2], arguments[3]);
    }
  }

  /** passt shows the guest what the host has: an address and a default route. */
  private static void makeNetwork() {
    run("ip", "link", "set", "lo", "up");
    run("ip", "link", "add", "br-out", "type", "bridge");
    run("ip", "address", "add", "192.0.2.2/24", "dev", "br-out");
    run("ip", "link", "set", "br-out", "up");
    run("ip", "route", "add", "default", "via", "192.0.2.1");
  }

  private void live() throws IOException, InterruptedException {
    killDriver();
    print("without the driver", passts());
    try (LocalDriver driver = TestDriver.open(layout, DriverOptions.defaults())) {
      Domain found = driver.domains().get(0);
      print("found again", found.status().state() + " " + passts());
      print("card", found.qmp("query-rx-filter", "{\"name\":\"net0\"}"));
      print("forwarded", accepts(18_080) + " " + accepts(18_082) + " " + accepts(18_081));
      print("log", Files.readString(log()));
      print("port in use", refusal(driver));
      print("after the refusal", passts());
      found.destroy();
      print("destroyed", passts());
    }
  }

  private void unprivileged() throws IOException {
    DriverOptions asNobody = DriverOptions.defaults().withQemuUser("nobody");
    try (LocalDriver driver = TestDriver.open(layout, asNobody)) {
      Domain killed = driver.start(definition("", ""), StartOptions.plain());
      String status = Files.readString(Path.of("/proc/" + passts().get(0) + "/status"));
      print("as nobody", status.lines().filter(line -> line.startsWith("Uid:")).toList());
      print("its log", Files.getOwner(log()) + " " + Files.readString(log()));
      ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
      print("ended", killed.awaitEnd(Duration.ofSeconds(30)).isPresent() + " " + passts());
    }
    print("given back", Files.getOwner(log()));
  }

  private void killDriver() throws IOException, InterruptedException {
    Path file = Files.writeString(root.resolveSibling("domain.xml"), definition("", ""));
    Process program =
        new ProcessBuilder(
                TestJvm.command(DefinitionProgram.class, root.toString(), file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      print("started", program.inputReader().lines().anyMatch(line -> line.startsWith("started")));
      print("running", passts());
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private void talk(String kernel, String initrd, String arguments) throws IOException {
    String boot =
        "<kernel>%s</kernel><initrd>%s</initrd><cmdline>%s</cmdline>"
            .formatted(kernel, initrd, arguments);
    try (LocalDriver driver = TestDriver.open(layout, DriverOptions.defaults())) {
      Domain domain = driver.start(definition(boot, "<serial type='pty'/>"), StartOptions.plain());
      try (SerialShell shell = new SerialShell(domain.consoleSocket().orElseThrow())) {
        print("address", shell.await("DROVER-GUEST-ADDRESS"));
        shell.type("echo from-the-guest >/tmp/words; httpd -p 80 -h /tmp && echo SER''VING");
        print("server", shell.await("SERVING"));
      }
      print("answer", ask(18_080));
      domain.destroy();
    }
  }

  private static String ask(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write("GET /words HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static boolean accepts(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return client.isConnected();
    } catch (IOException e) {
      return false; // nobody listens there
    }
  }

  private String refusal(LocalDriver driver) {
    try {
      driver.start(definition("", "").replace("<name>", "<name>second-"), StartOptions.plain());
      return "not refused";
    } catch (ProblemException e) {
      return e.getMessage();
    }
  }

  private List<Long> passts() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains("--socket=" + root))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private Path log() {
    return root.resolveSibling("passt.log");
  }

  private static void run(String... command) {
    ToolProcess.Result result =
        ToolProcess.run(List.of(command), new byte[0], Duration.ofSeconds(20));
    if (result.exitStatus() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
    }
  }

  private String definition(String boot, String devices) {
    return """
        <domain>
          <name>forwarded</name>
          <memory unit='MiB'>256</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type>%s</os>
          <features><acpi/></features>
          <devices>
            <interface type='user'>
              <mac address='52:54:00:aa:bb:cc'/>
              <ip family='ipv4' address='192.0.2.15' prefix='24'/>
              <portForward proto='tcp' address='127.0.0.1' dev='lo'>
                <range start='18080' end='18082' to='80'/>
                <range start='18081' exclude='yes'/>
              </portForward>
              <model type='virtio'/>
              <backend type='passt' logFile='%s'/>
            </interface>
            %s
          </devices>
        </domain>
        """
        .formatted(boot, log(), devices);
  }
}
