package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.network.GuestAddress;
import io.drover.contracts.definition.network.NetworkSettings;
import io.drover.contracts.definition.network.NetworkSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network card.
 *
 * @param mac as in {@code 52:54:00:12:34:56}; null when still to choose
 * @param model virtio, e1000e ...; null for the default
 * @param targetDevice the tap's name on the host
 * @param linkState up or down
 * @param driver {@code <driver>}'s attributes but those of virtio; what it switches off for the
 *     host and the guest as in {@code host.csum}
 * @param addresses the guest's addresses in QEMU's own NAT
 * @param mtu in bytes
 * @param sndbuf bytes that the tap may hold back; 0 for no limit
 * @param teaming its part in a pair of cards of which one stands in for the other
 */
public record NetworkInterface(
    DeviceInfo info,
    NetworkSource source,
    @Nullable String mac,
    @Nullable String model,
    @Nullable String targetDevice,
    @Nullable String linkState,
    Map<String, String> driver,
    VirtioOptions virtio,
    List<GuestAddress> addresses,
    @Nullable Integer mtu,
    @Nullable Long sndbuf,
    @Nullable Teaming teaming,
    NetworkSettings settings)
    implements Device {
  public NetworkInterface {
    info = Defaults.or(info, DeviceInfo.NONE);
    driver = Defaults.map(driver);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
    addresses = Defaults.list(addresses);
    settings = Defaults.or(settings, NetworkSettings.NONE);
  }

  /**
   * @param type persistent, or transient for the one that comes and goes
   * @param persistent the alias of the other, for a transient one
   */
  public record Teaming(String type, @Nullable String persistent) {}

  @Override
  public NetworkInterface withInfo(DeviceInfo value) {
    return copy(value, source, mac, model);
  }

  public NetworkInterface withMac(String value) {
    return copy(info, source, value, model);
  }

  public NetworkInterface withModel(String value) {
    return copy(info, source, mac, value);
  }

  public NetworkInterface withSource(NetworkSource value) {
    return copy(info, value, mac, model);
  }

  private NetworkInterface copy(
      DeviceInfo newInfo,
      NetworkSource newSource,
      @Nullable String newMac,
      @Nullable String newModel) {
    return new NetworkInterface(
        newInfo,
        newSource,
        newMac,
        newModel,
        targetDevice,
        linkState,
        driver,
        virtio,
        addresses,
        mtu,
        sndbuf,
        teaming,
        settings);
  }
}
