package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.definition.corpus.LibvirtCorpus;
import io.drover.driver.Emulator;
import io.drover.driver.GuestCpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * libvirt's records of QEMU, replayed through the probe: the facts are those that libvirt reads.
 */
class LibvirtRecordTest {
  @ParameterizedTest
  @ValueSource(strings = {"7.2.0", "8.0.0"})
  void flagsAreThoseOfLibvirt(String version) throws Exception {
    Emulator emulator = RecordedEmulators.libvirts(version);
    Set<String> theirs = new TreeSet<>();
    each(read(version), "flag").forEach(flag -> theirs.add(flag.getAttribute("name")));

    // libvirt 9.0 has no name for it: it passes -no-acpi to every QEMU
    assertThat(emulator.flags())
        .filteredOn(flag -> !flag.equals("machine-acpi"))
        .containsExactlyInAnyOrderElementsOf(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.2.0", "8.0.0"})
  void machinesAreThoseOfLibvirt(String version) throws Exception {
    List<String> theirs = new ArrayList<>();
    for (Element machine : each(read(version), "machine")) {
      if (machine.getAttribute("type").equals("tcg")) {
        theirs.add(
            String.join(
                " ",
                machine.getAttribute("name"),
                machine.getAttribute("alias"),
                machine.getAttribute("maxCpus"),
                "" + machine.getAttribute("hotplugCpus").equals("yes"),
                machine.getAttribute("defaultCPU"),
                "" + machine.getAttribute("default").equals("yes"),
                "" + machine.getAttribute("numaMemSupported").equals("yes"),
                machine.getAttribute("defaultRAMid"),
                "" + machine.getAttribute("deprecated").equals("yes")));
      }
    }
    assertThat(RecordedEmulators.libvirts(version).machines())
        .extracting(
            m ->
                String.join(
                    " ",
                    m.name(),
                    String.join(" ", m.aliases()),
                    "" + m.maxCpus(),
                    "" + m.hotplugCpus(),
                    m.defaultCpu(),
                    "" + m.isDefault(),
                    "" + m.numaMemory(),
                    m.defaultRam(),
                    "" + m.deprecated()))
        .containsExactlyElementsOf(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "tcg"})
  void cpuModelsAndTheirBlockersAreThoseOfLibvirt(String accelerator) throws Exception {
    List<String> theirs = new ArrayList<>();
    for (Element cpu : each(read("7.2.0"), "cpu")) {
      if (cpu.getAttribute("type").equals(accelerator)) {
        List<String> blockers = new ArrayList<>();
        each(cpu, "blocker").forEach(blocker -> blockers.add(blocker.getAttribute("name")));
        theirs.add(
            cpu.getAttribute("name")
                + " "
                + cpu.getAttribute("typename")
                + " "
                + cpu.getAttribute("usable").equals("yes")
                + " "
                + blockers.stream().distinct().toList());
      }
    }
    GuestCpus cpus =
        RecordedEmulators.libvirts("7.2.0")
            .cpus(accelerator.equals("kvm") ? "kvm" : "qemu")
            .orElseThrow();
    assertThat(cpus.models())
        .extracting(
            m -> m.name() + " " + m.type() + " " + m.usable().orElseThrow() + " " + m.blockers())
        .containsExactlyElementsOf(theirs);
  }

  private static Element read(String version) throws Exception {
    Path xml = LibvirtCorpus.file("caps/caps_" + version + ".x86_64.xml");
    Document document =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml.toFile());
    return document.getDocumentElement();
  }

  private static List<Element> each(Element in, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = in.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
