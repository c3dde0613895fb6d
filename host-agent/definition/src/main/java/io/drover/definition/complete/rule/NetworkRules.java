package io.drover.definition.complete.rule;

import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.network.GuestAddress;
import io.drover.contracts.definition.network.NetworkSettings;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold for a network card and its connection. */
final class NetworkRules {
  private static final Set<String> VIRTIO =
      Set.of("virtio", "virtio-transitional", "virtio-non-transitional");

  /** Connections by a device of the host that passes frames. */
  private static final Set<String> COALESCING = Set.of("network", "bridge");

  private static final Set<String> TAPS = Set.of("network", "bridge", "ethernet");

  private static final Set<String> SEVERAL_QUEUES =
      Set.of("network", "bridge", "direct", "ethernet", "vhostuser", "vdpa");
  private static final Set<String> SIZED = Set.of("network", "bridge", "ethernet", "vhostuser");

  private final Faults faults;
  private final NetworkInterface nic;
  private final String type;

  private NetworkRules(Faults faults, NetworkInterface nic) {
    this.faults = faults;
    this.nic = nic;
    this.type = nic.source().typeName();
  }

  static void check(Faults faults, DefinitionBuilder draft) {
    for (NetworkInterface nic : draft.all(NetworkInterface.class)) {
      new NetworkRules(faults, nic).check();
    }
  }

  private void check() {
    model();
    driver(nic.driver());
    addresses();
    settings(nic.settings());
    NetworkInterface.Teaming teaming = nic.teaming();
    if (teaming != null && teaming.type().equals("persistent") && !virtio()) {
      fault(
          "The persistent card of a <teaming> is of the model virtio, not '" + nic.model() + "'.");
    }
    if (teaming != null && teaming.type().equals("transient") && !type.equals("network")) {
      fault("The transient card of a <teaming> is of type='hostdev', not '" + type + "'.");
    }
  }

  private void fault(String detail) {
    faults.fault(nic, detail);
  }

  private boolean virtio() {
    return VIRTIO.contains(String.valueOf(nic.model()));
  }

  private void model() {
    if (type.equals("vhostuser") && !virtio()) {
      fault("An interface of type='vhostuser' needs <model type='virtio'/>.");
    }
    if (type.equals("vdpa") && !virtio()) {
      fault("An interface of type='vdpa' cannot have the model '" + nic.model() + "'.");
    }
    if (type.equals("hostdev") || virtio()) {
      return;
    }
    VirtioOptions options = nic.virtio();
    virtioOnly("iommu", options.iommu());
    virtioOnly("ats", options.ats());
    virtioOnly("packed", options.packed());
    virtioOnly("page_per_vq", options.pagePerVq());
  }

  private void virtioOnly(String name, @Nullable String value) {
    if (value != null) {
      fault("The driver option '" + name + "' is for virtio cards only.");
    }
  }

  private void driver(Map<String, String> driver) {
    if (!virtio()) {
      return; // nothing of it says anything to others
    }
    String queues = driver.get("queues");
    if (queues != null && Integer.parseInt(queues) > 1 && !SEVERAL_QUEUES.contains(type)) {
      fault("Several queues are not supported for an interface of type='" + type + "'.");
    }
    for (String name : List.of("rx_queue_size", "tx_queue_size")) {
      String size = driver.get(name);
      if (size != null && Integer.bitCount(Integer.parseInt(size)) != 1) {
        fault(name + " must be a power of two; " + size + " is not.");
      }
    }
  }

  private void addresses() {
    List<GuestAddress> given = nic.addresses();
    if (!given.isEmpty() && !type.equals("user")) {
      fault("QEMU cannot set the guest's own addresses; remove <ip>.");
      return;
    }
    for (String family : List.of("ipv4", "ipv6")) {
      if (given.stream().filter(address -> address.family().equals(family)).count() > 1) {
        fault("Only one address of the family " + family + " is allowed.");
      }
    }
    for (GuestAddress address : given) {
      Integer prefix = address.prefix();
      if (prefix == null || prefix == 0) {
        continue;
      }
      if (address.family().equals("ipv4") && (prefix < 4 || prefix > 27)) {
        fault("The prefix of an IPv4 network is 4 to 27, not " + prefix + ".");
      }
      if (address.family().equals("ipv6") && prefix != 64) {
        fault("The prefix of an IPv6 network is 64, not " + prefix + ".");
      }
    }
  }

  private void settings(NetworkSettings settings) {
    boolean own = !settings.addresses().isEmpty() || !settings.routes().isEmpty();
    if (own && !type.equals("ethernet")) {
      fault("Addresses of the host's end are for type='ethernet' only, not '" + type + "'.");
    }
    boolean switched = type.equals("network") || type.equals("bridge");
    if (Boolean.TRUE.equals(settings.isolated()) && !switched) {
      fault("<port isolated='yes'/> is not supported for type='" + type + "'.");
    }
    if (settings.coalescedFrames() != null
        && settings.coalescedFrames() > 0
        && !COALESCING.contains(type)) {
      fault("<coalesce> is not supported for type='" + type + "'.");
    }
    if (settings.tapPath() != null && !TAPS.contains(type)) {
      fault("A <backend tap=> is not supported for type='" + type + "', which has no tap.");
    }
    if (settings.script() != null && !type.equals("ethernet")) {
      fault("Scripts are not supported for type='" + type + "', only for type='ethernet'.");
    }
    if (nic.mtu() != null && !SIZED.contains(type)) {
      fault("Setting the MTU is not supported for type='" + type + "'.");
    }
    if (Boolean.FALSE.equals(settings.targetManaged()) && !type.equals("ethernet")) {
      fault("A <target managed='no'> is for type='ethernet' only, not '" + type + "'.");
    }
    NetworkSettings.Bandwidth bandwidth = settings.bandwidth();
    NetworkSettings.Rate inbound = bandwidth == null ? null : bandwidth.inbound();
    if (inbound != null && inbound.floor() != null && !type.equals("network")) {
      fault("The 'floor' of a <bandwidth> is for type='network' only.");
    }
  }
}
