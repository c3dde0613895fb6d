package io.drover.definition.random;

import io.drover.definition.random.DeviceTemplates.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** Definitions that QEMU 7.2 can start under TCG, as libvirt's XML. They shrink by devices. */
public final class RandomDefinitions {
  private static final int MAX_DEVICES = 24;
  private static final int FIRST_GIVEN_SLOT = 16;
  private static final int LAST_GIVEN_SLOT = 25;
  private static final List<String> MACHINES =
      List.of("pc", "pc-i440fx-7.2", "pc-i440fx-6.0", "q35", "pc-q35-7.2", "pc-q35-5.2");
  private static final List<String> CPUS =
      List.of(
          "",
          "<cpu mode='custom' match='exact' check='none'><model>qemu64</model></cpu>",
          "<cpu mode='maximum'/>",
          "<cpu><topology sockets='2' dies='1' cores='1' threads='1'/></cpu>",
          "<cpu><numa><cell id='0' cpus='0' memory='32' unit='MiB'/>"
              + "<cell id='1' cpus='1' memory='32' unit='MiB'/></numa></cpu>");
  private static final List<String> MEMORY =
      List.of(
          "",
          "<memoryBacking><source type='memfd'/></memoryBacking>",
          "<memoryBacking><nosharepages/></memoryBacking>");
  private static final List<String> FEATURES =
      List.of(
          "<features><acpi/></features>",
          "<features><acpi/><apic/><pae/></features>",
          "<features><acpi/><vmport state='off'/><vmcoreinfo/></features>",
          "");
  private static final List<String> CLOCKS =
      List.of(
          "",
          "<clock offset='localtime'/>",
          "<clock offset='utc'><timer name='rtc' tickpolicy='catchup'/>"
              + "<timer name='hpet' present='no'/></clock>");
  private static final List<String> OS =
      List.of("", "<boot dev='hd'/><boot dev='cdrom'/>", "<bootmenu enable='yes' timeout='10'/>");

  private RandomDefinitions() {}

  /**
   * Some of them, the same ones for the same seed. The properties {@code drover.random.tries} and
   * {@code drover.random.seed} change how many and which.
   */
  public static List<String> some(int tries) {
    long seed = Long.getLong("drover.random.seed", System.nanoTime());
    System.out.println("Random definitions of -Ddrover.random.seed=" + seed);
    Random random = new Random(seed);
    List<String> some = new ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<String> generator = any().generator(MAX_DEVICES);
          for (int i = 0; i < Integer.getInteger("drover.random.tries", tries); i++) {
            some.add(generator.next(random).value());
          }
        });
    return some;
  }

  /** Any of them. */
  public static Arbitrary<String> any() {
    Arbitrary<List<Template>> devices =
        Arbitraries.of(DeviceTemplates.all()).list().ofMaxSize(MAX_DEVICES);
    Arbitrary<String> head =
        Combinators.combine(
                Arbitraries.of(MEMORY),
                Arbitraries.of(FEATURES),
                Arbitraries.of(CPUS),
                Arbitraries.of(CLOCKS))
            .as((memory, features, cpu, clock) -> memory + "{os}" + features + cpu + clock);
    return Combinators.combine(
            Arbitraries.of(MACHINES),
            Arbitraries.of(OS),
            head,
            devices,
            Arbitraries.integers().between(0, (1 << MAX_DEVICES) - 1),
            Arbitraries.integers().between(0, (1 << MAX_DEVICES) - 1))
        .as(RandomDefinitions::xml);
  }

  private static String xml(
      String machine, String os, String head, List<Template> devices, int placed, int booted) {
    String type = "<type arch='x86_64' machine='" + machine + "'>hvm</type>";
    String body = new Assembly(machine, placed, os.contains("boot dev") ? 0 : booted).of(devices);
    return "<domain type='qemu'><name>random</name>"
        + "<uuid>1f3c2c6a-2d5a-4c0e-9f53-0d5b5a1d3c77</uuid><memory unit='MiB'>64</memory>"
        + "<vcpu>2</vcpu>"
        + head.replace("{os}", "<os>" + type + os + "</os>")
        + "<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>"
        + body
        + "</devices></domain>";
  }

  /** Puts devices together: names and numbers for each, addresses and boot orders for some. */
  private static final class Assembly {
    private final String machine;
    private final int placed;
    private final int booted;
    private final Set<String> used = new HashSet<>();
    private int slot = FIRST_GIVEN_SLOT;
    private int order = 1;
    private int videos;

    Assembly(String machine, int placed, int booted) {
      this.machine = machine.contains("q35") ? "q35" : "pc";
      this.placed = placed;
      this.booted = booted;
    }

    String of(List<Template> devices) {
      StringBuilder xml = new StringBuilder();
      for (int i = 0; i < devices.size(); i++) {
        Template template = devices.get(i);
        boolean free = template.only().isEmpty() || used.add(template.only());
        if (free && template.fits(machine) && !secondaryAlone(template)) {
          xml.append(numbered(template.xml(), i));
        }
      }
      return xml.toString();
    }

    /** A second card needs the first one before it, which is the primary then. */
    private boolean secondaryAlone(Template template) {
      videos += template.only().equals("video") ? 1 : 0;
      return template.only().equals("video2") && videos == 0;
    }

    private String numbered(String xml, int number) {
      String place = "";
      if ((placed >> number & 1) == 1 && slot <= LAST_GIVEN_SLOT && xml.contains("<!--pci-->")) {
        place = "<address type='pci' domain='0' bus='0' slot='" + slot++ + "' function='0'/>";
      }
      boolean bootable = xml.startsWith("<disk") || xml.startsWith("<interface");
      if (bootable && (booted >> number & 1) == 1) {
        place = "<boot order='" + order++ + "'/>" + place;
        if (!xml.contains(DeviceTemplates.PLACE)) {
          xml = xml.replaceFirst("</(disk|interface)>$", DeviceTemplates.PLACE + "</$1>");
        }
      }
      String name = String.valueOf((char) ('a' + number));
      return xml.replace(DeviceTemplates.PLACE, place)
          .replace(DeviceTemplates.NAME, name)
          .replace(DeviceTemplates.NUMBER, Integer.toString(number + 1))
          .replace("{hex}", String.format(Locale.ROOT, "%02x", number + 1));
    }
  }
}
