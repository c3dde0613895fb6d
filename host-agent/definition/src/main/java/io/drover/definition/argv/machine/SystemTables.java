package io.drover.definition.argv.machine;

import io.drover.contracts.definition.Identity;
import io.drover.contracts.definition.SystemInfo;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.Arguments;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import java.util.Map;
import java.util.Set;

/** What the firmware's tables say of the machine: SMBIOS, fw_cfg, the generation id. */
public final class SystemTables {
  private static final Map<String, Integer> TYPES =
      Map.of("bios", 0, "system", 1, "baseBoard", 2, "chassis", 3);

  /** Tables whose maker is always told: without a name of its own it has none, not QEMU's. */
  private static final Set<String> MADE = Set.of("baseBoard", "chassis");

  private SystemTables() {}

  public static void smbios(ArgvContext placed, Arguments out) {
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
      tables(info, out);
    }
    for (SystemInfo.Blob blob : info.blobs()) {
      String name = "name=" + Arguments.escape(blob.name());
      out.option(
          "-fw_cfg",
          blob.text() == null
              ? name + ",file=" + Arguments.escape(blob.file())
              : name + ",string=" + Arguments.escape(blob.text()));
    }
  }

  private static void tables(SystemInfo info, Arguments out) {
    for (SystemInfo.Table table : info.tables()) {
      StringBuilder entries = new StringBuilder("type=").append(TYPES.get(table.kind()));
      if (MADE.contains(table.kind()) && !table.entries().containsKey("manufacturer")) {
        entries.append(",manufacturer=");
      }
      table
          .entries()
          .forEach(
              (name, text) ->
                  entries.append(',').append(name).append('=').append(Arguments.escape(text)));
      if (!table.entries().isEmpty()) {
        out.option("-smbios", entries.toString());
      }
    }
    if (!info.oemStrings().isEmpty()) {
      StringBuilder strings = new StringBuilder("type=11");
      info.oemStrings().forEach(text -> strings.append(",value=").append(Arguments.escape(text)));
      out.option("-smbios", strings.toString());
    }
  }

  public static void generation(ArgvContext placed, Arguments out) {
    Identity.GenerationId generation = placed.definition().identity().generation();
    if (generation != null && generation.value() != null) {
      out.device(
          Props.device("vmgenid").put("guid", generation.value().toString()).put("id", "vmgenid0"));
    }
  }
}
