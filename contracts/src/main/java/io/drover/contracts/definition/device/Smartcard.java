package io.drover.contracts.definition.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.character.CharacterSourceXml;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A smartcard in a reader.
 *
 * @param mode host, host-certificates or passthrough
 * @param certificates of host-certificates: the names of exactly three
 * @param database of host-certificates: the directory of the NSS database; null for the host's
 * @param source of passthrough: where the card's other end is
 */
public record Smartcard(
    DeviceInfo info,
    String mode,
    List<String> certificates,
    @Nullable String database,
    @Nullable CharacterSource source)
    implements Device {
  private static final int CERTIFICATES = 3;

  public Smartcard {
    info = Defaults.or(info, DeviceInfo.NONE);
    certificates = Defaults.list(certificates);
  }

  @Override
  public Smartcard withInfo(DeviceInfo value) {
    return new Smartcard(value, mode, certificates, database, source);
  }

  public Smartcard withSource(CharacterSource value) {
    return new Smartcard(info, mode, certificates, database, value);
  }

  static Smartcard read(XmlElement element) {
    String mode = element.values().word("mode", "host", "host-certificates", "passthrough");
    if (mode == null) {
      if (element.values().text("mode") == null) {
        element.invalid("<smartcard> needs 'mode', as in mode='host'.");
      }
      mode = "host";
    }
    boolean passes = mode.equals("passthrough");
    if (passes && element.values().text("type") == null) {
      element.invalid("<smartcard mode='passthrough'> needs 'type', as in type='spicevmc'.");
    }
    CharacterSource source = passes ? CharacterSourceXml.read(element) : null;
    List<String> certificates = List.of();
    String database = null;
    if (mode.equals("host-certificates")) {
      certificates = element.children("certificate").stream().map(XmlElement::text).toList();
      if (certificates.size() != CERTIFICATES) {
        element.invalid("<smartcard mode='host-certificates'> needs exactly three <certificate>.");
      }
      database = element.childText("database");
      if (database != null && !database.startsWith("/")) {
        element.invalid("The <database> of a smartcard is an absolute path.");
      }
    }
    return new Smartcard(DeviceInfoXml.read(element), mode, certificates, database, source);
  }

  void write(XmlWriter out) {
    out.open("smartcard").attribute("mode", mode);
    if (source != null) {
      out.attribute("type", CharacterSourceXml.type(source));
      CharacterSourceXml.write(source, out);
    }
    certificates.forEach(certificate -> out.element("certificate", certificate));
    out.element("database", database);
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
