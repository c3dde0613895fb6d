package io.drover.definition.argv.device;

import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Hub;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.RedirectionFilter;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hubs, redirected USB devices, and smartcards in their readers. */
public final class UsbDevices {
  private static final String NSS_DATABASE = "/etc/pki/nssdb";

  private UsbDevices() {}

  public static DevicePart part(ArgvContext placed, Hub hub) {
    Props device = Props.device("usb-hub").put("id", ArgvContext.alias(hub));
    return DevicePart.of(JsonOption.device(placed.at(device, hub)));
  }

  public static DevicePart part(ArgvContext placed, Smartcard card) {
    String alias = ArgvContext.alias(card);
    List<QemuOption> options = new ArrayList<>();
    Props device;
    CharacterSource source = card.source();
    if (source != null) {
      String id = "char" + alias;
      options.addAll(CharacterBackends.of(placed, source, id, "smartcard", alias));
      device = Props.device("ccid-card-passthru").put("chardev", id);
    } else if (card.mode().equals("host")) {
      device = Props.device("ccid-card-emulated").put("backend", "nss-emulated");
    } else {
      device = Props.device("ccid-card-emulated").put("backend", "certificates");
      for (int i = 0; i < card.certificates().size(); i++) {
        device.put("cert" + (i + 1), card.certificates().get(i));
      }
      device.put("db", card.database() == null ? NSS_DATABASE : card.database());
    }
    device.put("id", alias);
    if (card.info().address() instanceof Address.Ccid at) {
      device.put("bus", placed.controllerAlias("ccid", at.controller()) + "." + at.slot());
    }
    options.add(JsonOption.device(device));
    return new DevicePart(options);
  }

  public static DevicePart part(ArgvContext placed, RedirectedDevice device) {
    String alias = ArgvContext.alias(device);
    String id = "char" + alias;
    List<QemuOption> options =
        new ArrayList<>(CharacterBackends.of(placed, device.source(), id, "usbredir", alias));
    Props props =
        Props.device("usb-redir")
            .put("chardev", id)
            .put("id", alias)
            .put("filter", filter(placed))
            .put("bootindex", placed.bootIndex(device));
    options.add(JsonOption.device(placed.at(props, device)));
    return new DevicePart(options);
  }

  private static @Nullable String filter(ArgvContext placed) {
    List<RedirectionFilter> filters = placed.definition().devices(RedirectionFilter.class);
    if (filters.isEmpty() || filters.get(0).rules().isEmpty()) {
      return null;
    }
    return filters.get(0).rules().stream().map(UsbDevices::rule).collect(Collectors.joining("|"));
  }

  private static String rule(RedirectionFilter.Rule rule) {
    return text("0x%02X", rule.usbClass())
        + ":"
        + text("0x%04X", rule.vendor())
        + ":"
        + text("0x%04X", rule.product())
        + ":"
        + text("0x%04X", rule.version())
        + ":"
        + (rule.allow() ? 1 : 0);
  }

  private static String text(String format, @Nullable Integer value) {
    return value == null ? "-1" : String.format(format, value);
  }
}
