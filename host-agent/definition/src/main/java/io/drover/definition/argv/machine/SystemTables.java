package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Identity;
import io.drover.contracts.definition.SystemInfo;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the firmware's tables say of the machine: SMBIOS, fw_cfg, the generation id. */
public final class SystemTables {
  private static final Map<String, Integer> TYPES =
      Map.of("bios", 0, "system", 1, "baseBoard", 2, "chassis", 3);

  /** Tables whose maker is always told: without a name of its own it has none, not QEMU's. */
  private static final Set<String> MADE = Set.of("baseBoard", "chassis");

  private SystemTables() {}

  public static List<QemuOption> smbios(ArgvContext placed) {
    List<QemuOption> options = new ArrayList<>();
    SystemInfo info = placed.definition().systemInfo();
    String mode = placed.definition().os().smbios();
    if ("host".equals(mode)) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "/domain/os/smbios/@mode: The host's SMBIOS tables are not known here; use 'sysinfo'.");
    }
    if ("sysinfo".equals(mode)) {
      if (info.tables().isEmpty() && info.oemStrings().isEmpty()) {
        throw new ProblemException(
            ErrorCode.INVALID_DEFINITION,
            "/domain/os/smbios/@mode: 'sysinfo' needs a <sysinfo type='smbios'>.");
      }
      if (info.tables().stream().filter(table -> table.kind().equals("baseBoard")).count() > 1) {
        throw new ProblemException(
            ErrorCode.INVALID_DEFINITION, "/domain/sysinfo: QEMU here has one <baseBoard> only.");
      }
      options.addAll(tables(info));
    }
    for (SystemInfo.Blob blob : info.blobs()) {
      String name = "name=" + TextOption.escape(blob.name());
      options.add(
          new TextOption(
              "-fw_cfg",
              blob.text() == null
                  ? name + ",file=" + TextOption.escape(blob.file())
                  : name + ",string=" + TextOption.escape(blob.text())));
    }
    return options;
  }

  private static List<QemuOption> tables(SystemInfo info) {
    List<QemuOption> options = new ArrayList<>();
    for (SystemInfo.SmbiosTable table : info.tables()) {
      StringBuilder entries = new StringBuilder("type=").append(TYPES.get(table.kind()));
      if (MADE.contains(table.kind()) && !table.entries().containsKey("manufacturer")) {
        entries.append(",manufacturer=");
      }
      table
          .entries()
          .forEach(
              (name, text) ->
                  entries.append(',').append(name).append('=').append(TextOption.escape(text)));
      if (!table.entries().isEmpty()) {
        options.add(new TextOption("-smbios", entries.toString()));
      }
    }
    if (!info.oemStrings().isEmpty()) {
      StringBuilder strings = new StringBuilder("type=11");
      info.oemStrings().forEach(text -> strings.append(",value=").append(TextOption.escape(text)));
      options.add(new TextOption("-smbios", strings.toString()));
    }
    return options;
  }

  public static DevicePart generation(ArgvContext placed) {
    Identity.GenerationId generation = placed.definition().identity().generation();
    if (generation == null || generation.value() == null) {
      return DevicePart.NONE;
    }
    return DevicePart.of(
        JsonOption.device(
            Props.device("vmgenid")
                .put("guid", generation.value().toString())
                .put("id", "vmgenid0")));
  }
}
