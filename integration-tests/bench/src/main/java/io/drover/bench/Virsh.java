package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** libvirt, as {@code virsh create --paused} of the same XML. */
final class Virsh implements Contender {
  private static final String NAME = "drover-bench-virsh";
  private final Path xml;

  private Virsh(Path xml) {
    this.xml = xml;
  }

  /** Where virsh is installed and a libvirtd answers. */
  static Optional<Contender> find(Path folder) throws IOException, InterruptedException {
    if (!Commands.succeeds(List.of("virsh", "-c", "qemu:///system", "version"))) {
      return Optional.empty();
    }
    if (Commands.succeeds(List.of("virsh", "-q", "-c", "qemu:///system", "destroy", NAME))) {
      System.err.println("virsh: ended the domain that a bench before this one had left");
    }
    Path xml = folder.resolve("virsh.xml");
    Files.writeString(xml, BenchDomain.xml(NAME, UUID.nameUUIDFromBytes(NAME.getBytes("UTF-8"))));
    return Optional.of(new Virsh(xml));
  }

  @Override
  public String name() {
    return "virsh --paused";
  }

  @Override
  public String covers() {
    return "virsh create --paused of the same XML, to its end";
  }

  @Override
  public Run run(int number) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Commands.require(
        List.of("virsh", "-q", "-c", "qemu:///system", "create", "--paused", xml.toString()));
    long took = System.nanoTime() - begun;
    Commands.require(List.of("virsh", "-q", "-c", "qemu:///system", "destroy", NAME));
    return new Run(took / 1000, Map.of());
  }

  @Override
  public void close() {
    // Each run has destroyed its domain, and a transient one leaves nothing.
  }
}
