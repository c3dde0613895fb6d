package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A display.
 *
 * @param type vnc, spice, sdl, dbus or egl-headless
 * @param port null for one that the host picks
 * @param listens where it listens; empty for the host's default
 * @param password null for none
 * @param options other attributes: websocket, keymap, sharePolicy, defaultMode, address ...
 * @param settings the elements by {@code element.attribute}, as in {@code mouse.mode}; {@code
 *     channel.NAME} is a SPICE channel's mode, {@code audio.id} the back end for sound
 */
public record Graphics(
    String type,
    @Nullable Integer port,
    @Nullable Integer tlsPort,
    @Nullable Boolean autoport,
    @Nullable String socket,
    List<Listen> listens,
    @Nullable Password password,
    Map<String, String> options,
    Map<String, String> settings)
    implements Device {
  public Graphics {
    listens = Defaults.list(listens);
    options = Defaults.map(options);
    settings = Defaults.map(settings);
  }

  /** {@code type} is address, socket, network or none. */
  public record Listen(
      String type, @Nullable String address, @Nullable String socket, @Nullable String network) {}

  /**
   * What a viewer must know; QEMU hears of it through QMP only.
   *
   * @param validTo until when, as in {@code 2030-01-31T00:00:00}, in UTC; null for ever
   * @param connected what happens to viewers when it changes: disconnect, keep or fail
   */
  public record Password(String value, @Nullable String validTo, @Nullable String connected) {
    /** The length of VNC's passwords. */
    public static final int MAX_VNC = 8;

    @Override
    public String toString() {
      return "Password[***]";
    }
  }

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
    return new Graphics(
        type, value, tlsPort, autoport, socket, listens, password, options, settings);
  }

  /** The same display with ports that the host has picked. */
  public Graphics withPicked(@Nullable Integer plain, @Nullable Integer secure) {
    return new Graphics(type, plain, secure, true, socket, listens, password, options, settings);
  }

  public Graphics withOptions(Map<String, String> value) {
    return new Graphics(type, port, tlsPort, autoport, socket, listens, password, value, settings);
  }

  public Graphics withPassword(@Nullable Password value) {
    return new Graphics(type, port, tlsPort, autoport, socket, listens, value, options, settings);
  }

  public Graphics withListens(List<Listen> value) {
    return new Graphics(type, port, tlsPort, autoport, socket, value, password, options, settings);
  }
}
