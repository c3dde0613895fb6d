package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.character.CharacterSources;
import io.drover.definition.fromargv.draft.Buses;
import io.drover.definition.fromargv.draft.DeviceReader;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.Map;

/** Hubs, redirected devices, and smartcards in their readers. */
public final class UsbParser {
  public static final Map<String, DeviceReader> READERS =
      Map.of(
          "usb-hub", UsbParser::hub,
          "usb-redir", UsbParser::redirected,
          "ccid-card-passthru", UsbParser::card,
          "ccid-card-emulated", UsbParser::card);
  private static final int CERTIFICATES = 3;

  private UsbParser() {}

  private static void hub(ParsedCommandLine draft, String driver, Values values) {
    GuestDeviceProps.common(draft, draft.devices().add("hub").with("type", "usb"), values);
  }

  private static void redirected(ParsedCommandLine draft, String driver, Values values) {
    MutableElement device = draft.devices().add("redirdev").with("bus", "usb");
    CharacterSources.read(draft, device, values.take("chardev"));
    String filter = values.take("filter");
    if (filter != null && !draft.devices().has("redirfilter")) {
      MutableElement rules = draft.devices().add("redirfilter");
      for (String rule : filter.split("\\|")) {
        rule(rules.add("usbdev"), rule.split(":"));
      }
    }
    GuestDeviceProps.common(draft, device, values);
  }

  private static void rule(MutableElement rule, String[] parts) {
    if (parts.length != 5) {
      return;
    }
    rule.with("class", any(parts[0])).with("vendor", any(parts[1])).with("product", any(parts[2]));
    if (!parts[3].equals("-1")) {
      long version = Values.number(parts[3]);
      rule.with(
          "version",
          Long.toHexString(version >> 8) + "." + Buses.hex((int) version & 0xff, 2).substring(2));
    } else {
      rule.with("version", "-1");
    }
    rule.with("allow", parts[4].equals("1") ? "yes" : "no");
  }

  private static String any(String part) {
    return part.equals("-1") ? "-1" : "0x" + Long.toHexString(Values.number(part));
  }

  private static void card(ParsedCommandLine draft, String driver, Values values) {
    MutableElement card = draft.devices().add("smartcard");
    if (driver.endsWith("passthru")) {
      card.with("mode", "passthrough");
      CharacterSources.read(draft, card, values.take("chardev"));
    } else if (values.is("backend", "certificates")) {
      values.take("backend");
      card.with("mode", "host-certificates");
      for (int i = 1; i <= CERTIFICATES; i++) {
        card.element("certificate", values.take("cert" + i));
      }
      card.element("database", values.take("db"));
    } else {
      values.take("backend");
      card.with("mode", "host");
    }
    String bus = values.take("bus");
    if (bus != null) {
      card.add("address")
          .with("type", "ccid")
          .with("controller", draft.buses().controller("ccid", bus))
          .with("slot", Buses.branch(bus));
    }
    GuestDeviceProps.alias(card, values.take("id"));
  }
}
