package io.drover.contracts.definition.network;

import io.drover.contracts.definition.common.Defaults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the host connects a network card: all that its guest cannot see.
 *
 * @param macType generated or static, of no meaning for QEMU
 * @param macCheck whether other hypervisors check the address; of no meaning for QEMU
 * @param trustGuestRxFilters whether the host follows what the guest tells of its addresses
 * @param targetManaged whether the tap is made and removed with the domain; null for yes
 * @param script run once the tap is there
 * @param downscript run before the tap goes
 * @param tapPath the device that makes taps, for one that is not the host's usual one
 * @param vhostPath the device of the kernel's own back end, likewise
 * @param guestDevice the name inside the guest; of no meaning for QEMU
 * @param isolated whether the bridge keeps it apart from other isolated ports
 * @param coalescedFrames how many frames may wait for one interrupt
 * @param addresses the host's own end's, for a tap
 * @param routes over the host's own end, for a tap
 */
public record NetworkSettings(
    @Nullable String macType,
    @Nullable Boolean macCheck,
    @Nullable Boolean trustGuestRxFilters,
    @Nullable Boolean targetManaged,
    @Nullable String script,
    @Nullable String downscript,
    @Nullable String tapPath,
    @Nullable String vhostPath,
    @Nullable String guestDevice,
    @Nullable Boolean isolated,
    @Nullable Long coalescedFrames,
    @Nullable Bandwidth bandwidth,
    @Nullable Filter filter,
    @Nullable VirtualPort virtualPort,
    @Nullable Vlan vlan,
    List<HostAddress> addresses,
    List<Route> routes) {
  public static final NetworkSettings NONE =
      new NetworkSettings(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          List.of(), List.of());

  public NetworkSettings {
    addresses = Defaults.list(addresses);
    routes = Defaults.list(routes);
  }

  /** Limits of what flows to the guest and from it. */
  public record Bandwidth(@Nullable Rate inbound, @Nullable Rate outbound) {}

  /**
   * A limit of one direction, in KiB a second.
   *
   * @param burst KiB that may flow at the peak
   * @param floor what is guaranteed, inbound on networks only
   */
  public record Rate(
      @Nullable Long average, @Nullable Long peak, @Nullable Long burst, @Nullable Long floor) {}

  /** A filter of the host's packets, with the values of its variables in their order. */
  public record Filter(String name, List<Parameter> parameters) {
    public Filter {
      parameters = Defaults.list(parameters);
    }
  }

  public record Parameter(String name, String value) {}

  /**
   * A port of a switch that is configured from outside.
   *
   * @param type 802.1Qbg, 802.1Qbh, openvswitch or midonet; null when the network knows
   */
  public record VirtualPort(@Nullable String type, Map<String, String> parameters) {
    public VirtualPort {
      parameters = Defaults.map(parameters);
    }
  }

  /** The VLANs of a port; {@code trunk} is whether frames keep their tags. */
  public record Vlan(@Nullable Boolean trunk, List<Tag> tags) {
    public Vlan {
      tags = Defaults.list(tags);
    }
  }

  /** {@code nativeMode} is tagged or untagged, for the one VLAN of frames without a tag. */
  public record Tag(int id, @Nullable String nativeMode) {}

  public record HostAddress(
      String family, String address, @Nullable Integer prefix, @Nullable String peer) {}

  public record Route(
      @Nullable String family,
      String address,
      @Nullable String netmask,
      @Nullable Integer prefix,
      @Nullable String gateway,
      @Nullable Integer metric) {}

  boolean none() {
    return equals(NONE);
  }
}
