package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Through it the guest says that it has crashed.
 *
 * @param model isa, hyperv or pvpanic, which is on PCI; null for isa
 */
public record Panic(DeviceInfo info, @Nullable String model) implements Device {
  public Panic {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  @Override
  public Panic withInfo(DeviceInfo value) {
    return new Panic(value, model);
  }

  static Panic read(XmlElement element) {
    return new Panic(
        DeviceInfoXml.read(element), element.values().word("model", "isa", "hyperv", "pvpanic"));
  }

  void write(XmlWriter out) {
    out.open("panic").attribute("model", model);
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
