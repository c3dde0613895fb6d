package io.drover.contracts.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A display.
 *
 * @param type vnc, spice or egl-headless
 * @param port null for one that the host picks
 * @param listens where it listens; empty for the host's default
 * @param options other attributes: websocket, keymap, sharePolicy, powerControl
 * @param settings the elements of SPICE by {@code element.attribute}, as in {@code mouse.mode}
 */
public record Graphics(
    String type,
    @Nullable Integer port,
    @Nullable Integer tlsPort,
    @Nullable Boolean autoport,
    @Nullable String socket,
    List<Listen> listens,
    Map<String, String> options,
    Map<String, String> settings)
    implements Device {
  public Graphics {
    listens = Given.list(listens);
    options = Given.map(options);
    settings = Given.map(settings);
  }

  /** {@code type} is address, socket, network or none. */
  public record Listen(
      String type, @Nullable String address, @Nullable String socket, @Nullable String network) {}

  @Override
  public DeviceInfo info() {
    return DeviceInfo.NONE;
  }

  /** A display is not a device of the guest: it has no address and no alias. */
  @Override
  public Graphics withInfo(DeviceInfo info) {
    return this;
  }

  public Graphics withPort(@Nullable Integer value) {
    return new Graphics(type, value, tlsPort, autoport, socket, listens, options, settings);
  }

  public Graphics withListens(List<Listen> value) {
    return new Graphics(type, port, tlsPort, autoport, socket, value, options, settings);
  }
}
