package io.drover.contracts.definition;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the hypervisor does or hides.
 *
 * @param acpi whether the guest has ACPI tables
 * @param switches the features that are on or off, by name: pae, hap, pmu, smm, vmport ...
 * @param apicEoi on or off, with APIC only
 * @param msrs ignore or fault: what an unknown model specific register does; null for the default
 * @param tsegKib memory that SMM keeps for itself; null for the firmware's default
 * @param hyperv Hyper-V's enlightenments, by name: on, off, or the value of vendor_id
 * @param kvm KVM's features, by name: on, off, or the entries of dirty-ring
 * @param tbCacheKib memory for the code that TCG translates; null for QEMU's choice
 */
public record Features(
    boolean acpi,
    boolean apic,
    boolean pae,
    @Nullable String apicEoi,
    Map<String, String> switches,
    @Nullable String msrs,
    @Nullable Long tsegKib,
    @Nullable String ioapic,
    @Nullable String hypervMode,
    Map<String, String> hyperv,
    @Nullable Long spinlockRetries,
    Map<String, String> kvm,
    @Nullable Long tbCacheKib) {
  public static final Features NONE =
      new Features(
          false, false, false, null, Map.of(), null, null, null, null, Map.of(), null, Map.of(),
          null);

  private static final List<String> SWITCHES =
      List.of("hap", "pmu", "smm", "vmport", "pvspinlock", "vmcoreinfo");

  /** Features of other hypervisors that old definitions carry along; nothing follows from them. */
  private static final List<String> FLAGS = List.of("viridian", "privnet");

  /** The Hyper-V enlightenments that a definition can name, by libvirt's names. */
  public static final List<String> HYPERV_ENLIGHTENMENTS =
      List.of(
          "relaxed",
          "vapic",
          "spinlocks",
          "vpindex",
          "runtime",
          "synic",
          "stimer",
          "reset",
          "vendor_id",
          "frequencies",
          "reenlightenment",
          "tlbflush",
          "ipi",
          "evmcs",
          "avic");

  private static final String DIRTY_RING = "dirty-ring";
  private static final List<String> KVM =
      List.of("hidden", "hint-dedicated", "poll-control", "pv-ipi");

  public Features {
    switches = Defaults.map(switches);
    hyperv = Defaults.map(hyperv);
    kvm = Defaults.map(kvm);
  }

  public boolean isOn(String feature) {
    return "on".equals(switches.get(feature));
  }

  static Features read(XmlElement domain) {
    XmlElement features = domain.gathered("features");
    if (features == null) {
      return NONE;
    }
    XmlElement apic = features.child("apic");
    XmlElement smm = features.child("smm");
    XmlElement tseg = smm == null ? null : smm.child("tseg");
    XmlElement ioapic = features.child("ioapic");
    XmlElement hyperv = features.gathered("hyperv");
    newer(features, hyperv);
    XmlElement spinlocks = hyperv == null ? null : hyperv.child("spinlocks");
    XmlElement kvm = features.gathered("kvm");
    XmlElement msrs = features.child("msrs");
    XmlElement tcg = features.gathered("tcg");
    XmlElement cache = tcg == null ? null : tcg.child("tb-cache");
    return new Features(
        features.has("acpi"),
        apic != null,
        features.has("pae"),
        apic == null ? null : apic.values().onOff("eoi"),
        all(features),
        msrs == null ? null : msrs(msrs),
        tseg == null ? null : Sizes.kib(Sizes.bytes(tseg, 0, "MiB")),
        ioapic == null ? null : ioapic.values().word("driver", "kvm", "qemu"),
        hyperv == null ? null : hyperv.values().wordOr("mode", "custom", "custom", "passthrough"),
        hyperv == null ? Map.of() : hyperv(hyperv),
        spinlocks == null ? null : retries(spinlocks),
        kvm == null ? Map.of() : kvm(kvm),
        cache == null ? null : Sizes.kib(Sizes.bytes(cache, 0, "KiB")));
  }

  /** What newer versions of libvirt write down though it is as without it. */
  private static void newer(XmlElement features, @Nullable XmlElement hyperv) {
    neutral(features.child("ps2"), "state", "on");
    if (hyperv != null) {
      neutral(hyperv.child("emsr_bitmap"), "state", "off");
      neutral(hyperv.child("xmm_input"), "state", "off");
      XmlElement flush = hyperv.child("tlbflush");
      neutral(flush == null ? null : flush.child("direct"), "state", "off");
      neutral(flush == null ? null : flush.child("extended"), "state", "off");
    }
  }

  private static void neutral(@Nullable XmlElement element, String attribute, String value) {
    if (element != null) {
      element.values().required(attribute);
      element.values().neutral(attribute, value);
    }
  }

  private static @Nullable String msrs(XmlElement msrs) {
    if (msrs.attribute("unknown") == null) {
      msrs.values().required("unknown");
    }
    return msrs.values().word("unknown", "ignore", "fault");
  }

  private static @Nullable Long retries(XmlElement spinlocks) {
    boolean on = spinlocks.values().wordOr("state", "on", "on", "off").equals("on");
    String retries = spinlocks.values().text("retries");
    if (!on) {
      return null;
    }
    if (retries == null) {
      spinlocks.invalid("<spinlocks> needs 'retries'.");
    }
    return spinlocks.values().number("retries", 4095, 0xffff_ffffL);
  }

  private static Map<String, String> all(XmlElement features) {
    Map<String, String> found = switches(features, SWITCHES);
    for (String flag : FLAGS) {
      if (features.has(flag)) {
        found.put(flag, "on");
      }
    }
    return found;
  }

  private static Map<String, String> kvm(XmlElement kvm) {
    Map<String, String> found = stated(kvm, KVM);
    XmlElement ring = kvm.child(DIRTY_RING);
    if (ring != null) {
      boolean on = ring.values().wordOr("state", "on", "on", "off").equals("on");
      String given = ring.values().text("size"); // of no meaning when it is off
      String size = !on ? "off" : given == null ? ring.values().required("size") : given;
      if (on && !size.matches("1024|2048|4096|8192|16384|32768|65536")) {
        ring.invalid("size", "The dirty ring must be a power of 2 between 1024 and 65536.");
      }
      found.put(DIRTY_RING, size);
    }
    return found;
  }

  /** As {@link #switches}, for those that are nothing without their state. */
  private static Map<String, String> stated(XmlElement parent, List<String> names) {
    for (String name : names) {
      XmlElement element = parent.child(name);
      if (element != null && element.attribute("state") == null) {
        element.values().required("state");
      }
    }
    return switches(parent, names);
  }

  private static Map<String, String> switches(XmlElement parent, List<String> names) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : names) {
      XmlElement element = parent.child(name);
      if (element != null) {
        found.put(name, element.values().wordOr("state", "on", "on", "off"));
      }
    }
    return found;
  }

  private static Map<String, String> hyperv(XmlElement element) {
    Map<String, String> found = stated(element, HYPERV_ENLIGHTENMENTS);
    XmlElement vendor = element.child("vendor_id");
    if (vendor != null && "on".equals(found.get("vendor_id"))) {
      String value = vendor.values().text("value");
      if (value == null) {
        value = vendor.values().required("value");
      }
      if (value.length() > 12 || value.contains(",")) {
        vendor.invalid("value", "vendor_id has at most 12 characters, no comma among them.");
      }
      found.put("vendor_id", value);
    }
    if (vendor != null) {
      vendor.values().text("value"); // of no meaning when it is off
    }
    XmlElement timer = element.child("stimer");
    XmlElement direct = timer == null ? null : timer.child("direct");
    if (direct != null) {
      if (direct.attribute("state") == null) {
        direct.values().required("state");
      }
      found.put("stimer-direct", direct.values().wordOr("state", "on", "on", "off"));
    }
    return found;
  }

  void write(XmlWriter out) {
    if (equals(NONE)) {
      return;
    }
    out.open("features");
    out.flag("acpi", acpi);
    if (apic) {
      out.open("apic").attribute("eoi", apicEoi).close();
    }
    out.flag("pae", pae);
    switches.forEach(
        (name, state) -> {
          out.open(name).attribute("state", FLAGS.contains(name) ? null : state);
          if (name.equals("smm") && tsegKib != null) {
            out.open("tseg").attribute("unit", "KiB").closeWith(tsegKib);
          }
          out.close();
        });
    if (msrs != null) {
      out.open("msrs").attribute("unknown", msrs).close();
    }
    if (ioapic != null) {
      out.open("ioapic").attribute("driver", ioapic).close();
    }
    if (hypervMode != null) {
      out.open("hyperv").attribute("mode", hypervMode);
      hyperv.forEach((name, state) -> writeHyperv(name, state, out));
      out.close();
    }
    if (!kvm.isEmpty()) {
      out.open("kvm");
      kvm.forEach(Features.writeKvm(out));
      out.close();
    }
    if (tbCacheKib != null) {
      out.open("tcg").open("tb-cache").attribute("unit", "KiB").closeWith(tbCacheKib);
      out.close();
    }
    out.close();
  }

  private static BiConsumer<String, String> writeKvm(XmlWriter out) {
    return (name, state) -> {
      boolean ring = name.equals(DIRTY_RING) && !state.equals("off");
      out.open(name).attribute("state", ring ? "on" : state);
      out.attribute("size", ring ? state : null).close();
    };
  }

  private void writeHyperv(String name, String state, XmlWriter out) {
    if (name.equals("stimer-direct")) {
      return;
    }
    boolean value = name.equals("vendor_id") && !state.equals("off");
    out.open(name).attribute("state", value ? "on" : state);
    if (value) {
      out.attribute("value", state);
    }
    if (name.equals("spinlocks")) {
      out.attribute("retries", spinlockRetries);
    }
    String direct = hyperv.get("stimer-direct");
    if (name.equals("stimer") && direct != null) {
      out.open("direct").attribute("state", direct).close();
    }
    out.close();
  }
}
