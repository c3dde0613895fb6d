package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Crypto;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;

/** What encrypts for the guest. */
public final class CryptoDevices {
  private CryptoDevices() {}

  public static DevicePart part(ArgvContext placed, Crypto crypto) {
    String alias = ArgvContext.alias(crypto);
    Props device = Props.device("virtio-crypto-pci");
    ArgvContext.virtio(device, crypto.virtio()).put("cryptodev", "obj" + alias).put("id", alias);
    return DevicePart.of(
        JsonOption.object(
            Props.object("cryptodev-backend-builtin", "obj" + alias)
                .put("queues", crypto.queues())),
        JsonOption.device(placed.at(device, crypto)));
  }
}
