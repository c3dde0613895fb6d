package io.drover.contracts.definition.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.host.HostSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a network interface is connected to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NetworkSource.User.class, name = "user"),
  @JsonSubTypes.Type(value = NetworkSource.Network.class, name = "network"),
  @JsonSubTypes.Type(value = NetworkSource.Bridge.class, name = "bridge"),
  @JsonSubTypes.Type(value = NetworkSource.Tap.class, name = "ethernet"),
  @JsonSubTypes.Type(value = NetworkSource.Direct.class, name = "direct"),
  @JsonSubTypes.Type(value = NetworkSource.Socket.class, name = "socket"),
  @JsonSubTypes.Type(value = NetworkSource.Vdpa.class, name = "vdpa"),
  @JsonSubTypes.Type(value = NetworkSource.Internal.class, name = "internal"),
  @JsonSubTypes.Type(value = NetworkSource.VhostUser.class, name = "vhostuser"),
  @JsonSubTypes.Type(value = NetworkSource.HostPci.class, name = "hostdev")
})
public sealed interface NetworkSource {
  /** What {@code <interface type='...'>} says of it. */
  default String typeName() {
    return NetworkSourceXml.type(this);
  }

  /**
   * NAT done by QEMU itself, or by passt.
   *
   * @param passt null for QEMU's own
   * @param device the host's device that the traffic leaves by
   * @param logFile passt's own log
   */
  record User(
      @Nullable Passt passt,
      @Nullable String device,
      @Nullable String logFile,
      List<PortForward> forwards)
      implements NetworkSource {
    public User {
      forwards = Defaults.list(forwards);
    }
  }

  /** That passt, a process beside QEMU, does the NAT. */
  record Passt() {}

  /**
   * Ports of the host that lead to the guest.
   *
   * @param protocol tcp or udp
   * @param address of the host; null for all
   * @param device of the host; null for all
   * @param ranges none for all ports
   */
  record PortForward(
      String protocol,
      @Nullable String address,
      @Nullable String device,
      List<ForwardedRange> ranges) {
    public PortForward {
      ranges = Defaults.list(ranges);
    }
  }

  /**
   * @param end the last port; null for {@code start}
   * @param to the guest's first port; null for the same
   * @param exclude whether these are not forwarded
   */
  record ForwardedRange(
      int start, @Nullable Integer end, @Nullable Integer to, @Nullable Boolean exclude) {}

  /** A network that Drover runs. */
  record Network(String network, @Nullable String portgroup) implements NetworkSource {}

  /** A network inside another hypervisor; with QEMU, its own NAT. */
  record Internal(String name) implements NetworkSource {}

  /** A bridge of the host. */
  record Bridge(String bridge) implements NetworkSource {}

  /** A tap device: {@code type='ethernet'}. */
  record Tap() implements NetworkSource {}

  /** A macvtap on a device of the host. */
  record Direct(String device, @Nullable String mode) implements NetworkSource {}

  /**
   * An emulated wire between QEMU processes.
   *
   * @param mode client, server, mcast or udp
   */
  record Socket(
      String mode,
      @Nullable String address,
      int port,
      @Nullable String localAddress,
      @Nullable Integer localPort)
      implements NetworkSource {}

  /**
   * A switch in another process, reached over a Unix socket.
   *
   * @param mode client or server, as QEMU is it
   * @param reconnectSeconds 0 for never; null when not said
   */
  record VhostUser(String path, String mode, @Nullable Integer reconnectSeconds)
      implements NetworkSource {}

  /** A vDPA device of the host. */
  record Vdpa(String device) implements NetworkSource {}

  /**
   * A PCI device of the host that the guest has for itself: {@code type='hostdev'}.
   *
   * @param managed whether the host's driver is taken from it at the start and given back
   * @param persistentAlias the interface that stands in while this one is away
   */
  record HostPci(HostSource.Pci device, @Nullable Boolean managed, @Nullable String persistentAlias)
      implements NetworkSource {}
}
