package io.drover.definition.fromargv.character;

import io.drover.definition.fromargv.line.Values;
import java.util.List;

/** Character back ends in the short form of {@code -serial}: {@code tcp:host:port,server=on}. */
public final class OldCharacters {
  private OldCharacters() {}

  public static Values of(String text) {
    String plain = text.startsWith("mon:") ? text.substring("mon:".length()) : text;
    int comma = plain.indexOf(',');
    String at = comma < 0 ? plain : plain.substring(0, comma);
    String more = comma < 0 ? "" : plain.substring(comma);
    int colon = at.indexOf(':');
    String kind = colon < 0 ? at : at.substring(0, colon);
    String rest = colon < 0 ? "" : at.substring(colon + 1);
    return switch (kind) {
      case "file", "pipe" -> Values.of(kind + ",path=" + rest + more, "backend");
      case "unix" -> Values.of("socket,path=" + rest + more, "backend");
      case "tcp", "telnet" -> tcp(kind, rest, more);
      case "udp" -> udp(rest, more);
      case "null", "pty", "stdio" -> Values.of(kind + more, "backend");
      case "vc" -> Values.of("vc", "backend");
      default ->
          kind.startsWith("/dev/")
              ? Values.of("serial,path=" + plain, "backend")
              : Values.of(text, "unknown");
    };
  }

  private static Values tcp(String kind, String rest, String more) {
    int colon = Math.max(0, rest.lastIndexOf(':'));
    String host = rest.substring(0, colon);
    String telnet = kind.equals("telnet") ? ",telnet=on" : "";
    return Values.of(
        "socket,host="
            + (host.isEmpty() ? "0.0.0.0" : host)
            + ",port="
            + rest.substring(Math.min(rest.length(), colon + 1))
            + telnet
            + more,
        "backend");
  }

  private static Values udp(String rest, String more) {
    List<String> sides = List.of(rest.split("@", 2));
    String remote = sides.get(0);
    int colon = Math.max(0, remote.lastIndexOf(':'));
    String local = sides.size() > 1 ? sides.get(1) : "";
    int own = Math.max(0, local.lastIndexOf(':'));
    String bound =
        local.isEmpty()
            ? ""
            : ",localaddr=" + local.substring(0, own) + ",localport=" + local.substring(own + 1);
    return Values.of(
        "udp,host="
            + remote.substring(0, colon)
            + ",port="
            + remote.substring(Math.min(remote.length(), colon + 1))
            + bound
            + more,
        "backend");
  }
}
