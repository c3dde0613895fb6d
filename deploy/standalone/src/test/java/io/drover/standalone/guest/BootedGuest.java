package io.drover.standalone.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A QEMU with TCG, a serial console in a file, a monitor, a guest agent's port and a network. */
final class BootedGuest implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 90;

  private final Path folder;
  private final Process process;

  BootedGuest(Path folder, List<String> machine) throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-accel", "tcg"));
    command.addAll(List.of("-m", "192", "-nodefaults", "-display", "none"));
    command.addAll(List.of("-serial", "file:" + folder.resolve("console")));
    command.addAll(List.of("-qmp", "unix:" + folder.resolve("qmp") + ",server=on,wait=off"));
    command.addAll(List.of("-nic", "user,model=virtio-net-pci"));
    command.addAll(List.of("-device", "virtio-serial"));
    command.addAll(
        List.of("-chardev", "socket,id=ga,path=" + folder.resolve("ga") + ",server=on,wait=off"));
    command.addAll(List.of("-device", "virtserialport,chardev=ga,name=org.qemu.guest_agent.0"));
    command.addAll(machine);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("qemu.log").toFile())
            .start();
  }

  /** Waits until the console has the text, and returns all of it. */
  String awaitOnConsole(String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (System.nanoTime() < end) {
      Path console = folder.resolve("console");
      String said = Files.exists(console) ? Files.readString(console) : "";
      if (said.contains(text)) {
        return said;
      }
      if (!process.isAlive()) {
        throw new AssertionError("QEMU ended: " + Files.readString(folder.resolve("qemu.log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(
        text + " is not on the console: " + Files.readString(folder.resolve("console")));
  }

  /** What the console has said until now. */
  String console() throws IOException {
    return Files.readString(folder.resolve("console"));
  }

  /** What the guest agent answers to the line. */
  String askAgent(String line) throws Exception {
    return talk("ga", List.of(line), 1);
  }

  /** Presses the power button and waits until QEMU has ended by itself. */
  int powerOff() throws Exception {
    talk(
        "qmp",
        List.of("{\"execute\":\"qmp_capabilities\"}", "{\"execute\":\"system_powerdown\"}"),
        2);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The guest does not power off");
    }
    return process.exitValue();
  }

  private String talk(String socket, List<String> lines, int answers) throws Exception {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (channel) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve(socket)));
      for (String line : lines) {
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      return CompletableFuture.supplyAsync(() -> read(channel, answers))
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static String read(SocketChannel channel, int answers) {
    try {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      int seen = 0;
      String line = "";
      while (seen < answers) {
        line = reader.readLine();
        if (line == null) {
          throw new IOException("closed after " + seen + " answers");
        }
        seen += line.contains("\"return\"") ? 1 : 0;
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
  }
}
