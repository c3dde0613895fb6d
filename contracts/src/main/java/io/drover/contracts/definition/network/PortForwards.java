package io.drover.contracts.definition.network;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <portForward>}. */
final class PortForwards {
  private static final int MAX_PORT = 65_535;

  private PortForwards() {}

  static NetworkSource.PortForward read(XmlElement element) {
    XmlValues values = element.values();
    String protocol = values.required("proto");
    if (!protocol.isEmpty() && !protocol.equals("tcp") && !protocol.equals("udp")) {
      element.invalid("proto", "'" + protocol + "' is not one of tcp, udp.");
    }
    String address = values.text("address");
    if (address != null && !address.matches("[0-9.]{7,15}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      element.invalid("address", "'" + address + "' is not an IP address.");
    }
    return new NetworkSource.PortForward(
        protocol,
        address,
        values.text("dev"),
        element.children("range").stream().map(PortForwards::range).toList());
  }

  private static NetworkSource.ForwardedRange range(XmlElement element) {
    XmlValues values = element.values();
    if (element.attribute("start") == null) {
      values.required("start");
    }
    int start = values.integerOr("start", 0, 0, MAX_PORT);
    Integer end = values.integer("end", 0, MAX_PORT);
    Integer to = values.integer("to", 0, MAX_PORT);
    Boolean exclude = values.yesNo("exclude");
    if (end != null && end < start) {
      element.invalid("end", "The range ends at " + end + ", before it starts at " + start + ".");
    }
    if (Boolean.TRUE.equals(exclude) && to != null) {
      element.invalid("to", "A range that is excluded leads nowhere; leave 'to' out.");
    }
    return new NetworkSource.ForwardedRange(start, end, to, exclude);
  }

  static void write(List<NetworkSource.PortForward> forwards, XmlWriter out) {
    for (NetworkSource.PortForward forward : forwards) {
      out.open("portForward")
          .attribute("proto", forward.protocol())
          .attribute("address", forward.address())
          .attribute("dev", forward.device());
      for (NetworkSource.ForwardedRange range : forward.ranges()) {
        write(range, out);
      }
      out.close();
    }
  }

  private static void write(NetworkSource.ForwardedRange range, XmlWriter out) {
    @Nullable Boolean exclude = range.exclude();
    out.open("range")
        .attribute("start", range.start())
        .attribute("end", range.end())
        .attribute("to", range.to())
        .yesNo("exclude", exclude)
        .close();
  }
}
