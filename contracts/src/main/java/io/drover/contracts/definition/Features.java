package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the hypervisor does or hides.
 *
 * @param acpi whether the guest has ACPI tables
 * @param switches the features that are on or off, by name: pae, hap, pmu, smm, vmport ...
 * @param apicEoi on or off, with APIC only
 * @param tsegKib memory that SMM keeps for itself; null for the firmware's default
 * @param hyperv Hyper-V's enlightenments, by name: on, off, or the value of vendor_id
 */
public record Features(
    boolean acpi,
    boolean apic,
    boolean pae,
    @Nullable String apicEoi,
    Map<String, String> switches,
    @Nullable Long tsegKib,
    @Nullable String ioapic,
    @Nullable String hypervMode,
    Map<String, String> hyperv,
    @Nullable Integer spinlockRetries,
    Map<String, String> kvm) {
  public static final Features NONE =
      new Features(false, false, false, null, Map.of(), null, null, null, Map.of(), null, Map.of());

  private static final List<String> SWITCHES =
      List.of("hap", "pmu", "smm", "vmport", "pvspinlock", "vmcoreinfo", "async-teardown");
  private static final List<String> HYPERV =
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
  private static final List<String> KVM =
      List.of("hidden", "hint-dedicated", "poll-control", "pv-ipi");

  public Features {
    switches = Given.map(switches);
    hyperv = Given.map(hyperv);
    kvm = Given.map(kvm);
  }

  public boolean isOn(String feature) {
    return "on".equals(switches.get(feature));
  }

  static Features read(XmlElement domain) {
    XmlElement features = domain.child("features");
    if (features == null) {
      return NONE;
    }
    XmlElement apic = features.child("apic");
    XmlElement smm = features.child("smm");
    XmlElement tseg = smm == null ? null : smm.child("tseg");
    XmlElement ioapic = features.child("ioapic");
    XmlElement hyperv = features.child("hyperv");
    XmlElement spinlocks = hyperv == null ? null : hyperv.child("spinlocks");
    XmlElement kvm = features.child("kvm");
    return new Features(
        features.has("acpi"),
        apic != null,
        features.has("pae"),
        apic == null ? null : apic.values().onOff("eoi"),
        switches(features, SWITCHES),
        tseg == null ? null : Sizes.kib(Sizes.bytes(tseg, 0, "MiB")),
        ioapic == null ? null : ioapic.values().word("driver", "kvm", "qemu"),
        hyperv == null ? null : hyperv.values().wordOr("mode", "custom", "custom", "passthrough"),
        hyperv == null ? Map.of() : hyperv(hyperv),
        spinlocks == null ? null : spinlocks.values().integer("retries", 4095, Integer.MAX_VALUE),
        kvm == null ? Map.of() : switches(kvm, KVM));
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
    Map<String, String> found = switches(element, HYPERV);
    XmlElement vendor = element.child("vendor_id");
    if (vendor != null && "on".equals(found.get("vendor_id"))) {
      String value = vendor.values().required("value");
      if (value.length() > 12 || value.contains(",")) {
        vendor.invalid("value", "vendor_id has at most 12 characters, no comma among them.");
      }
      found.put("vendor_id", value);
    }
    XmlElement timer = element.child("stimer");
    XmlElement direct = timer == null ? null : timer.child("direct");
    if (direct != null) {
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
          out.open(name).attribute("state", state);
          if (name.equals("smm") && tsegKib != null) {
            out.open("tseg").attribute("unit", "KiB").closeWith(tsegKib);
          }
          out.close();
        });
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
      kvm.forEach((name, state) -> out.open(name).attribute("state", state).close());
      out.close();
    }
    out.close();
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
