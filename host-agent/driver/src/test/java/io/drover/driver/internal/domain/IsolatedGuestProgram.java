package io.drover.driver.internal.domain;

import static io.drover.driver.internal.domain.NamespacedProgram.print;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What {@link IsolatedGuestIT} does in a network namespace of its own, which stands for the host:
 * with an uplink to another one, which stands for the internet. Prints what a guest reached.
 */
final class IsolatedGuestProgram {
  private static final String OUTSIDE = "203.0.113.9";
  private static final int NAME_PORT = 53;
  private static final String HOST = "198.51.100.2";
  private static final StartOptions ISOLATED = StartOptions.plain().withIsolated(true);
  private final DriverLayout layout;
  private final DriverOptions options;
  private final List<String> boot;
  private Domain guest;

  private IsolatedGuestProgram(Path root, String user, List<String> boot) {
    this.layout = DriverLayout.under(root);
    DriverOptions own =
        DriverOptions.builder().guestResolvers(List.of("127.0.0.1", HOST, OUTSIDE)).build();
    this.options = user.equals("root") ? own : own.withQemuUser(user);
    this.boot = boot;
  }

  /** The driver's root, QEMU's user, and a guest: kernel, initrd, its arguments. */
  public static void main(String[] arguments) throws Exception {
    Process internet = makeNetwork();
    try (ServerSocket web = new ServerSocket(OutsideProgram.WEB_PORT)) {
      OutsideProgram.start(() -> OutsideProgram.serve(web, "from-the-host"));
      List<String> boot = List.of(arguments).subList(2, 5);
      new IsolatedGuestProgram(Path.of(arguments[0]), arguments[1], boot).run();
    } finally {
      internet.getOutputStream().close();
      internet.waitFor();
    }
  }

  private static Process makeNetwork() throws IOException {
    run("ip", "link", "set", "lo", "up");
    // As systemd has it; the kernel's own default lets nobody ping.
    Files.writeString(Path.of("/proc/sys/net/ipv4/ping_group_range"), "0 2147483647");
    run("ip", "link", "add", "d0", "type", "bridge");
    run("ip", "address", "add", "10.77.0.1/24", "dev", "d0");
    run("ip", "address", "add", "169.254.169.254/32", "dev", "d0");
    run("ip", "link", "set", "d0", "up");
    Process internet =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            "unshare",
                            "--net",
                            "--",
                            "sh",
                            "-c",
                            "ip link set lo up && ip address add "
                                + OUTSIDE
                                + "/32 dev lo && exec \"$@\"",
                            "sh"),
                        TestJvm.command(OutsideProgram.class, OUTSIDE).stream())
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    internet.inputReader().readLine();
    String namespace = Long.toString(internet.pid());
    run("ip", "link", "add", "out0", "type", "veth", "peer", "name", "in0", "netns", namespace);
    run("ip", "address", "add", HOST + "/24", "dev", "out0");
    run("ip", "link", "set", "out0", "up");
    run("ip", "route", "add", "default", "via", "198.51.100.1");
    for (String command : List.of("address add 198.51.100.1/24 dev in0", "link set in0 up")) {
      run(
          Stream.concat(
                  Stream.of("nsenter", "--net=/proc/" + namespace + "/ns/net", "ip"),
                  Stream.of(command.split(" ", -1)))
              .toArray(String[]::new));
    }
    return internet;
  }

  private void run() throws Exception {
    LocalDriver driver = TestDriver.open(layout, options);
    guest = driver.start(definition("guest", "", "<interface type='user'/>"), ISOLATED);
    try (SerialShell shell = new SerialShell(guest.consoleSocket().orElseThrow())) {
      print("address", shell.await("DROVER-GUEST-ADDRESS"));
      print("listening", heard("127.0.0.1", HOST, "10.77.0.1", "169.254.169.254"));
      reach(shell);
      Domain other = neighbour(driver);
      print("neighbour's display", reached(shell, "10.0.2.2:5901"));
      print("namespaces", sameNamespace(other) + " " + ownNamespace());
      changes(shell);
      print("after the uplink was killed", outlivesItsUplink(shell));
      driver.close();
      print("without the driver", reachesOutside(shell));
      driver = TestDriver.open(layout, options);
      print("found again", driver.domains().size() + reached(shell, HOST + ":9001"));
      print("after it was killed again", outlivesItsUplink(shell));
      print("processes", processes() > 0);
    }
    driver.domains().forEach(Domain::destroy);
    driver.close();
    await(() -> processes() == 0);
    print("left behind", processes());
    killed();
  }

  /** The driver is killed, then its QEMU ends: nobody is there to clean up. */
  private void killed() throws Exception {
    String card = "<interface type='user'/>";
    Path file = layout.root().orElseThrow().resolveSibling("domain.xml");
    Files.writeString(file, definition("orphan", "bare", card));
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    DefinitionProgram.class,
                    layout.root().orElseThrow().toString(),
                    file.toString(),
                    "isolated"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String started = program.inputReader().readLine();
    program.destroyForcibly().waitFor();
    print("of a killed driver", processes() > 0);
    long qemu = Long.parseLong(started.replace("started ", ""));
    ProcessHandle.of(qemu).orElseThrow().destroyForcibly();
    await(() -> processes() == 0);
    print("left behind by it", processes());
  }

  private void reach(SerialShell shell) throws Exception {
    print("outside", reachesOutside(shell));
    shell.type("nslookup any.example | tail -n 4; echo DO''NE");
    print("outside by name", shell.await(OUTSIDE));
    print("ping outside", ping(shell, OUTSIDE));
    print("ping host", ping(shell, "10.77.0.1"));
    print("slirp's host", reached(shell, "10.0.2.2:9001"));
    print("slirp's resolver", reached(shell, "10.0.2.3:9001"));
    print("own loopback's kin", reached(shell, "127.0.0.2:9001"));
    print("uplink's address", reached(shell, HOST + ":9001"));
    print("another address", reached(shell, "10.77.0.1:9001"));
    print("metadata", reached(shell, "169.254.169.254:9001"));
    datagrams(shell);
  }

  /** A name server of the host hears this program and no guest. */
  private static void datagrams(SerialShell shell) throws IOException {
    List<String> places = List.of("127.0.0.1", HOST, "10.77.0.1", "169.254.169.254");
    try (DatagramSocket names = new DatagramSocket(NAME_PORT)) {
      names.setSoTimeout(500);
      for (String place : places) {
        names.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName(place), NAME_PORT));
      }
      print("own datagrams", heard(names));
      for (String place : places) {
        shell.type("timeout 2 nslookup a.b " + place.replace("127.0.0.1", "10.0.2.2"));
      }
      shell.type("echo ASK''ED");
      shell.await("ASKED");
      print("the guest's datagrams", heard(names));
    }
  }

  private static int heard(DatagramSocket socket) throws IOException {
    int heard = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[512], 512));
        heard++;
      }
    } catch (SocketTimeoutException e) {
      return heard;
    }
  }

  private void changes(SerialShell shell) throws Exception {
    run("ip", "link", "add", "d1", "type", "bridge");
    run("ip", "address", "add", "10.88.0.1/24", "dev", "d1");
    run("ip", "link", "set", "d1", "up");
    print("new device", heard("10.88.0.1") + reached(shell, "10.88.0.1:9001"));
    run("ip", "address", "add", "198.51.100.77/24", "dev", "out0");
    await(() -> rules().contains("198.51.100.77"));
    print("new address", heard("198.51.100.77") + reached(shell, "198.51.100.77:9001"));
  }

  /** Another guest, whose QEMU listens on TCP in the network that both have. */
  private Domain neighbour(LocalDriver driver) {
    String display =
        "<graphics type='vnc' port='5901'><listen type='address' address='127.0.0.1'/></graphics>";
    return driver.start(definition("neighbour", "5901", display), ISOLATED);
  }

  private boolean sameNamespace(Domain other) throws IOException {
    return namespace(other.pid()).equals(namespace(guest.pid()));
  }

  private String ownNamespace() throws IOException {
    boolean own = namespace(guest.pid()).equals(namespace(ProcessHandle.current().pid()));
    String status = Files.readString(Path.of("/proc/" + guest.pid() + "/status"));
    Optional<String> owned = status.lines().filter(line -> line.startsWith("CapEff")).findFirst();
    return own + " " + owned.orElse("").replaceAll("\\s+", " ");
  }

  private static Path namespace(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"));
  }

  private String rules() {
    return run("nsenter", "--net=/proc/" + guest.pid() + "/ns/net", "nft", "list", "ruleset");
  }

  private static boolean outlivesItsUplink(SerialShell shell) throws Exception {
    uplinks().forEach(ProcessHandle::destroyForcibly);
    return reachesOutside(shell);
  }

  private static boolean reachesOutside(SerialShell shell) throws Exception {
    await(() -> reached(shell, OUTSIDE + ":9001").contains(OutsideProgram.WORDS));
    return true;
  }

  private static void await(Callable<Boolean> what) throws Exception {
    for (int tries = 0; !what.call(); tries++) {
      if (tries > 100) {
        throw new IllegalStateException("It does not become so");
      }
      run("sleep", "0.1");
    }
  }

  private static Stream<ProcessHandle> uplinks() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().command().orElse("").contains("pasta"))
        .filter(each -> each.info().commandLine().orElse("").contains("out0"));
  }

  /** The processes of the isolated network. */
  private long processes() {
    String lease = layout.state() + "/guest-network-";
    return uplinks().count()
        + ProcessHandle.allProcesses()
            .filter(each -> each.info().commandLine().orElse("").contains(lease))
            .count();
  }

  /** What the guest gets from that address and port; nothing when it is refused. */
  private static String reached(SerialShell shell, String place) throws IOException {
    shell.type(
        "echo AN''SWER=[$(echo | timeout 6 nc " + place.replace(':', ' ') + " 2>&1 | tail -n 1)]");
    return shell.await("ANSWER=[").replaceFirst(".*ANSWER=", "ANSWER=").strip();
  }

  private static String ping(SerialShell shell, String address) throws IOException {
    shell.type("echo PI''NG=[$(ping -c 1 -W 3 " + address + " | grep -c ttl=)]");
    return shell.await("PING=[");
  }

  /** Whether this host reaches its own listener there, so that a guest could. */
  private static String heard(String... addresses) throws IOException {
    StringBuilder heard = new StringBuilder();
    for (String address : addresses) {
      try (Socket client = new Socket()) {
        client.connect(
            new InetSocketAddress(InetAddress.getByName(address), OutsideProgram.WEB_PORT), 2000);
        heard.append("heard ");
      }
    }
    return heard.toString();
  }

  private static String run(String... command) {
    ToolProcess.Result result =
        ToolProcess.run(List.of(command), new byte[0], Duration.ofSeconds(20));
    if (result.exitStatus() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + result.output());
    }
    return result.output();
  }

  private String definition(String name, String bare, String devices) {
    String kernel =
        bare.isEmpty()
            ? "<kernel>%s</kernel><initrd>%s</initrd><cmdline>%s</cmdline>"
                .formatted(boot.get(0), boot.get(1), boot.get(2))
            : "";
    return """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>%s</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type>%s</os>
          <features><acpi/></features>
          <devices>
            <serial type='pty'/>
            %s
          </devices>
        </domain>
        """
        .formatted(
            name,
            bare.isEmpty() ? "256" : "32",
            kernel,
            devices.replace("'user'/>", "'user'><model type='virtio'/></interface>"));
  }
}
