package io.drover.contracts.definition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
  @JsonSubTypes.Type(value = NetworkSource.HostPci.class, name = "hostdev")
})
public sealed interface NetworkSource {
  /**
   * NAT done by QEMU itself, or by passt.
   *
   * @param passt null for QEMU's own
   */
  record User(@Nullable Passt passt) implements NetworkSource {}

  /** The settings of passt, a process beside QEMU. */
  record Passt(@Nullable String logFile, @Nullable String device) {}

  /** A network that Drover runs. */
  record Network(String network, @Nullable String portgroup) implements NetworkSource {}

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

  /** A vDPA device of the host. */
  record Vdpa(String device) implements NetworkSource {}

  /**
   * A PCI device of the host that the guest has for itself: {@code type='hostdev'}.
   *
   * @param managed whether the host's driver is taken from it at the start and given back
   * @param persistentAlias the interface that stands in while this one is away
   */
  record HostPci(HostDevice.Pci device, @Nullable Boolean managed, @Nullable String persistentAlias)
      implements NetworkSource {}
}
