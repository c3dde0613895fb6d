package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import org.jspecify.annotations.Nullable;

/**
 * A serial port, parallel port, console or channel.
 *
 * @param element serial, parallel, console or channel
 * @param targetType isa-serial, virtio ...; null for the default
 * @param targetModel the device model of a serial port; null for the default
 * @param targetName the name of a virtio channel
 * @param forward where a guestfwd channel listens in the guest's network
 * @param log what it writes is also kept in this file
 */
public record CharacterDevice(
    DeviceInfo info,
    String element,
    CharacterSource source,
    @Nullable String targetType,
    @Nullable String targetModel,
    @Nullable Integer port,
    @Nullable String targetName,
    @Nullable Forward forward,
    @Nullable Log log)
    implements Device {
  public CharacterDevice {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  /** An address and port in the guest's network. */
  public record Forward(String address, int port) {}

  /** {@code append} is on or off. */
  public record Log(String file, @Nullable String append) {}

  @Override
  public CharacterDevice withInfo(DeviceInfo value) {
    return new CharacterDevice(
        value, element, source, targetType, targetModel, port, targetName, forward, log);
  }

  public CharacterDevice withSource(CharacterSource value, @Nullable Log newLog) {
    return new CharacterDevice(
        info, element, value, targetType, targetModel, port, targetName, forward, newLog);
  }

  public CharacterDevice withTarget(
      @Nullable String type, @Nullable String model, @Nullable Integer newPort) {
    return new CharacterDevice(
        info, element, source, type, model, newPort, targetName, forward, log);
  }

  public CharacterDevice as(String newElement) {
    return new CharacterDevice(
        info, newElement, source, targetType, targetModel, port, targetName, forward, log);
  }
}
