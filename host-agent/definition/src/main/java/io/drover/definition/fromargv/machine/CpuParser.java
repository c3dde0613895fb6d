package io.drover.definition.fromargv.machine;

import io.drover.definition.fromargv.draft.IoThreadNumbers;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.util.Map;
import java.util.Set;

/** The CPU's model and features, how many there are, and the threads that serve disks. */
public final class CpuParser {
  private static final Set<String> HYPERV =
      Set.of(
          "relaxed",
          "vapic",
          "vpindex",
          "runtime",
          "synic",
          "stimer",
          "reset",
          "frequencies",
          "reenlightenment",
          "tlbflush",
          "ipi",
          "evmcs",
          "avic");
  private static final Map<String, String> PLAIN_KVM =
      Map.of(
          "kvm", "hidden",
          "kvm-hint-dedicated", "hint-dedicated",
          "kvm-poll-control", "poll-control",
          "kvm-pv-ipi", "pv-ipi");

  private CpuParser() {}

  public static void model(ParsedCommandLine draft, Values values) {
    String model = values.take("model", "qemu64");
    MutableElement cpu = draft.domain().part("cpu");
    switch (model) {
      case "host" -> cpu.with("mode", "host-passthrough");
      case "max" -> cpu.with("mode", "maximum");
      case "qemu64", "qemu32" -> {
        // what a machine has without a model
      }
      default -> custom(cpu, model);
    }
    String migratable = values.takeOnOff("migratable");
    if ("off".equals(migratable)) {
      cpu.with("migratable", migratable);
    }
    boolean named = !model.equals("host") && !model.equals("max");
    String vendor = named ? values.take("vendor") : null;
    if (vendor != null) {
      if (!cpu.has("model")) {
        custom(cpu, model);
      }
      cpu.part("model").with("vendor_id", vendor);
    }
    cache(cpu, values);
    width(cpu, values);
    for (Map.Entry<String, String> each : values.takeLeft().entrySet()) {
      String name = each.getKey();
      boolean on = !each.getValue().equals("off");
      if (known(draft, name, each.getValue(), on)) {
        continue;
      }
      boolean reported = name.startsWith("hv") || !each.getValue().matches("on|off");
      if (reported) {
        draft.unknownParts(new NativeOption("-cpu", null), Map.of(name, each.getValue()));
      } else {
        feature(cpu, model, name, on);
      }
    }
    draft.domain().dropIfEmpty(cpu);
  }

  private static void custom(MutableElement cpu, String model) {
    cpu.with("mode", "custom").with("match", "exact");
    cpu.add("model").with("fallback", "forbid").holding(model);
  }

  private static void feature(MutableElement cpu, String model, String name, boolean on) {
    if (model.equals("qemu64") && !cpu.has("model")) {
      custom(cpu, model);
    }
    String plain = name.startsWith("+") || name.startsWith("-") ? name.substring(1) : name;
    boolean wanted = on && !name.startsWith("-");
    cpu.add("feature").with("policy", wanted ? "require" : "disable").with("name", plain);
  }

  /** How many bits a physical address has. */
  private static void width(MutableElement cpu, Values values) {
    String bits = values.take("phys-bits");
    if (bits != null) {
      cpu.part("maxphysaddr").with("mode", "emulate").with("bits", bits);
    } else if (values.is("host-phys-bits", "on")) {
      values.take("host-phys-bits");
      cpu.part("maxphysaddr").with("mode", "passthrough");
    }
  }

  private static void cache(MutableElement cpu, Values values) {
    String host = values.takeOnOff("host-cache-info");
    String emulated = values.takeOnOff("l3-cache");
    if (host != null || emulated != null) {
      boolean passed = "on".equals(host);
      boolean level3 = "on".equals(emulated);
      cpu.part("cache")
          .with("mode", passed ? "passthrough" : level3 ? "emulate" : "disable")
          .with("level", level3 && !passed ? "3" : null);
    }
  }

  private static boolean known(ParsedCommandLine draft, String name, String value, boolean on) {
    String state = on ? "on" : "off";
    if (name.startsWith("hv-") || name.startsWith("hv_")) {
      return hyperv(draft, name.substring(3).replace('_', '-'), value, state);
    }
    String kvm = PLAIN_KVM.get(name);
    if (kvm != null) {
      // QEMU says that it is KVM, libvirt that this is hidden.
      String shown = name.equals("kvm") ? (on ? "off" : "on") : state;
      draft.feature("kvm").part(kvm).with("state", shown);
      return true;
    }
    switch (name) {
      case "kvm-pv-eoi" -> draft.feature("apic").with("eoi", state);
      case "kvm-pv-unhalt" -> draft.feature("pvspinlock").with("state", state);
      case "pmu" -> draft.feature("pmu").with("state", state);
      case "kvmclock" -> draft.timer("kvmclock").with("present", on ? "yes" : "no");
      case "tsc-frequency" -> draft.timer("tsc").with("frequency", value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean hyperv(ParsedCommandLine draft, String name, String value, String state) {
    switch (name) {
      case "time" -> draft.timer("hypervclock").with("present", "yes");
      case "crash" -> draft.devices().add("panic").with("model", "hyperv");
      case "passthrough" -> draft.feature("hyperv").with("mode", "passthrough");
      case "spinlocks" ->
          draft
              .feature("hyperv")
              .part("spinlocks")
              .with("state", "on")
              .with("retries", Values.number(value));
      case "vendor-id" ->
          draft.feature("hyperv").part("vendor_id").with("state", "on").with("value", value);
      case "stimer-direct" ->
          draft
              .feature("hyperv")
              .part("stimer")
              .with("state", "on")
              .part("direct")
              .with("state", state);
      default -> {
        if (!HYPERV.contains(name)) {
          return false;
        }
        draft.feature("hyperv").part(name).with("state", state);
      }
    }
    return true;
  }

  public static void count(ParsedCommandLine draft, Values values) {
    CpuTopology topology = CpuTopology.read(values, draft.prefersSockets());
    long all = topology.all();
    long start = topology.present();
    draft.domain().part("vcpu").with("current", start == all ? null : start).holding(all);
    if (topology.sockets() != all || topology.diesSaid()) {
      draft
          .domain()
          .part("cpu")
          .part("topology")
          .with("sockets", topology.sockets())
          .with("dies", topology.dies())
          .with("cores", topology.cores())
          .with("threads", topology.threads());
    }
  }

  /** Objects that are threads. */
  public static void threads(ParsedCommandLine draft) {
    int count = 0;
    Map<String, Integer> numbers = new IoThreadNumbers(draft.backends().all("-object")).all();
    for (String id : draft.backends().all("-object").keySet()) {
      Values object = draft.backends().look("-object", id);
      if (object == null) {
        continue;
      }
      Integer number = numbers.get(id);
      if (number != null && !draft.isReferredTo(id)) {
        used(draft, id);
        count++;
        pool(draft.domain().part("iothreadids").add("iothread").with("id", number), object);
      } else if (object.is("qom-type", "main-loop")) {
        used(draft, id);
        pool(draft.domain().part("defaultiothread"), object);
      }
    }
    if (count > 0) {
      draft.domain().element("iothreads", count);
    }
  }

  private static void used(ParsedCommandLine draft, String id) {
    Values object = draft.backends().use("-object", id);
    if (object != null) {
      object.take("qom-type");
    }
  }

  private static void pool(MutableElement thread, Values object) {
    thread
        .with("thread_pool_min", object.take("thread-pool-min"))
        .with("thread_pool_max", object.take("thread-pool-max"));
  }
}
