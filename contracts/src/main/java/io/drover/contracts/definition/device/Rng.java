package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.character.CharacterSourceXml;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A source of randomness.
 *
 * @param model virtio, virtio-transitional or virtio-non-transitional
 * @param backend random, builtin or egd
 * @param device of random: the host's device, /dev/urandom by default
 * @param egd of egd: the daemon's socket
 */
public record Rng(
    DeviceInfo info,
    String model,
    String backend,
    @Nullable String device,
    @Nullable CharacterSource egd,
    @Nullable Rate rate,
    VirtioOptions virtio)
    implements Device {
  public Rng {
    info = Defaults.or(info, DeviceInfo.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  /** At most so many bytes in each period of so many milliseconds. */
  public record Rate(int bytes, @Nullable Integer periodMillis) {}

  @Override
  public Rng withInfo(DeviceInfo value) {
    return new Rng(value, model, backend, device, egd, rate, virtio);
  }

  static Rng read(XmlElement element) {
    XmlElement backend = element.child("backend");
    XmlElement rate = element.child("rate");
    XmlElement driver = element.child("driver");
    String model =
        backend == null ? null : backend.values().word("model", "random", "builtin", "egd");
    if (backend == null || (model == null && backend.values().text("model") == null)) {
      element.invalid("<rng> needs <backend model='random'>/dev/urandom</backend>.");
    }
    if (backend != null && "egd".equals(model) && backend.attribute("type") == null) {
      backend.invalid("<backend model='egd'> needs 'type', as in type='unix'.");
    }
    element.values().required("model");
    String text = backend == null || "egd".equals(model) ? "" : backend.text();
    return new Rng(
        DeviceInfoXml.read(element),
        element
            .values()
            .wordOr("model", "virtio", "virtio", "virtio-transitional", "virtio-non-transitional"),
        model == null ? "random" : model,
        text.isEmpty() ? null : text,
        backend != null && "egd".equals(model) ? CharacterSourceXml.read(backend) : null,
        rate == null ? null : rate(rate.values()),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  /** Without a number of bytes there is no limit. */
  private static @Nullable Rate rate(XmlValues values) {
    int bytes = values.integerOr("bytes", 0, 0, Integer.MAX_VALUE);
    Integer period = values.integer("period", 0, Integer.MAX_VALUE);
    return bytes == 0 ? null : new Rate(bytes, period == null || period == 0 ? null : period);
  }

  void write(XmlWriter out) {
    out.open("rng").attribute("model", model);
    if (!virtio.none()) {
      out.open("driver");
      virtio.write(out);
      out.close();
    }
    out.part(
        rate,
        r ->
            out.open("rate")
                .attribute("bytes", r.bytes)
                .attribute("period", r.periodMillis)
                .close());
    out.open("backend").attribute("model", backend);
    if (egd != null) {
      out.attribute("type", CharacterSourceXml.type(egd));
      CharacterSourceXml.write(egd, out);
      out.close();
    } else if (device != null) {
      out.closeWith(device);
    } else {
      out.close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
