package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;
import org.jspecify.annotations.Nullable;

/** The helper that a disk's SCSI reservations go through. */
public final class ReservationHelpers {
  private static final String OWN = "pr-helper0";

  private ReservationHelpers() {}

  public static void read(
      ParsedCommandLine draft, MutableElement source, @Nullable String manager) {
    if (manager == null) {
      return;
    }
    Values helper = draft.backends().use("-object", manager);
    String path = helper == null ? null : helper.take("path");
    if (helper != null && helper.is("qom-type", "pr-manager-helper")) {
      helper.take("qom-type");
    }
    if (path == null || manager.equals(OWN) && path.endsWith("/" + OWN + ".sock")) {
      source.add("reservations").with("managed", "yes");
    } else {
      source
          .add("reservations")
          .with("managed", "no")
          .add("source")
          .with("type", "unix")
          .with("path", path)
          .with("mode", "client");
    }
  }
}
