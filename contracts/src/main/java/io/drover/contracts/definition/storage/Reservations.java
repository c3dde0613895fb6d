package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Who does a SCSI disk's persistent reservations, which QEMU itself has no right to.
 *
 * @param managed whether the driver runs the helper
 * @param socket where a helper listens that the driver does not run
 */
public record Reservations(boolean managed, @Nullable String socket) {
  /** libvirt's name of the one helper that does all managed ones of a domain. */
  public static final String HELPER = "pr-helper0";

  static @Nullable Reservations read(XmlElement source) {
    XmlElement element = source.child("reservations");
    if (element == null) {
      return null;
    }
    Boolean managed = element.values().yesNo("managed");
    XmlElement helper = element.child("source");
    String socket = helper == null ? null : socket(helper);
    if (managed == null) {
      element.invalid("managed", "<reservations> needs managed='yes' or 'no'.");
    } else if (!managed && helper == null) {
      element.invalid("<reservations managed='no'> needs <source type='unix' path='...'/>.");
    }
    boolean own = Boolean.TRUE.equals(managed);
    return new Reservations(own, own ? null : socket);
  }

  private static String socket(XmlElement helper) {
    XmlValues values = helper.values();
    values.word("type", "unix");
    values.word("mode", "client");
    return values.required("path");
  }

  void write(XmlWriter out) {
    out.open("reservations").yesNo("managed", managed);
    if (socket != null) {
      out.open("source").attribute("type", "unix").attribute("path", socket);
      out.attribute("mode", "client").close();
    }
    out.close();
  }
}
