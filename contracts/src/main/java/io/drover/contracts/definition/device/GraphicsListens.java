package io.drover.contracts.definition.device;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import java.util.Objects;

/** Reads and writes where a display listens. */
final class GraphicsListens {
  private GraphicsListens() {}

  static List<Graphics.Listen> read(XmlElement graphics) {
    List<Graphics.Listen> listens =
        graphics.children("listen").stream().map(GraphicsListens::listen).toList();
    String attribute = graphics.values().text("listen");
    if (listens.size() > 1) {
      graphics.invalid("QEMU displays listen in one place only; keep one <listen>.");
    }
    if (attribute == null || attribute.isEmpty()) {
      return listens;
    }
    if (listens.isEmpty()) {
      return List.of(new Graphics.Listen("address", attribute, null, null));
    }
    Graphics.Listen first = listens.get(0);
    if (first.type().equals("address") && !Objects.equals(first.address(), attribute)) {
      graphics.invalid(
          "listen",
          "The 'listen' attribute '"
              + attribute
              + "' must match 'address' of the first <listen>, which is '"
              + first.address()
              + "'.");
    }
    return listens;
  }

  private static Graphics.Listen listen(XmlElement element) {
    XmlValues values = element.values();
    String type = values.word("type", "address", "socket", "network", "none");
    if (type == null) {
      if (values.text("type") == null) {
        element.invalid("<listen> needs 'type', as in type='address'.");
      }
      type = "address";
    }
    boolean network = type.equals("network");
    return new Graphics.Listen(
        type,
        network || type.equals("address") ? values.text("address") : null,
        type.equals("socket") ? values.text("socket") : null,
        network ? values.required("network") : null);
  }

  static void write(List<Graphics.Listen> listens, XmlWriter out) {
    for (Graphics.Listen listen : listens) {
      out.open("listen")
          .attribute("type", listen.type())
          .attribute("address", listen.address())
          .attribute("socket", listen.socket())
          .attribute("network", listen.network())
          .close();
    }
  }
}
