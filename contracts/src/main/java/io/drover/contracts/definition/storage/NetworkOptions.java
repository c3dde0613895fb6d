package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an image is fetched from its server; each protocol has its own.
 *
 * @param tls of nbd: whether the connection is encrypted
 * @param tlsHostname of nbd: the name that the server's certificate must have
 * @param initiator of iscsi: the qualified name that the host shows
 * @param sslVerify of https and ftps: whether the server's certificate is checked
 * @param cookies of http and https: what is sent along, by name
 * @param readahead of http, https, ftp and ftps: bytes read at once
 * @param timeout of http, https, ftp and ftps: seconds until a request is given up
 * @param user of nfs: the user that asks, by name or as a number after a plus
 * @param group of nfs: the group that asks
 */
public record NetworkOptions(
    @Nullable Boolean tls,
    @Nullable String tlsHostname,
    @Nullable String initiator,
    @Nullable Boolean sslVerify,
    Map<String, String> cookies,
    @Nullable Long readahead,
    @Nullable Long timeout,
    @Nullable String user,
    @Nullable String group) {
  public static final NetworkOptions NONE =
      new NetworkOptions(null, null, null, null, Map.of(), null, null, null, null);

  private static final Set<String> CURL = Set.of("http", "https", "ftp", "ftps");

  /** Letters that a cookie's name may have; its value may have a few more. */
  private static final String COOKIE_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private static final String COOKIE_VALUE = "[!#-+\\x2d-:<-\\[\\]-~]*";

  public NetworkOptions {
    cookies = Defaults.map(cookies);
  }

  static NetworkOptions read(XmlElement source, String protocol) {
    XmlValues values = source.values();
    boolean nbd = protocol.equals("nbd");
    boolean web = protocol.equals("http") || protocol.equals("https");
    boolean curl = CURL.contains(protocol);
    XmlElement ssl =
        protocol.equals("https") || protocol.equals("ftps") ? source.child("ssl") : null;
    XmlElement initiator = protocol.equals("iscsi") ? source.child("initiator") : null;
    XmlElement iqn = initiator == null ? null : initiator.child("iqn");
    XmlElement cookies = web ? source.child("cookies") : null;
    XmlElement readahead = curl ? source.child("readahead") : null;
    XmlElement timeout = curl ? source.child("timeout") : null;
    XmlElement identity = protocol.equals("nfs") ? source.child("identity") : null;
    return new NetworkOptions(
        nbd ? values.yesNo("tls") : null,
        nbd ? values.text("tlsHostname") : null,
        iqn == null ? null : iqn.values().required("name"),
        ssl == null ? null : ssl.values().yesNo("verify"),
        cookies == null ? Map.of() : cookies(cookies),
        readahead == null ? null : readahead.values().number("size", 0, Long.MAX_VALUE),
        timeout == null ? null : timeout.values().number("seconds", 0, Long.MAX_VALUE),
        identity == null ? null : identity.values().text("user"),
        identity == null ? null : identity.values().text("group"));
  }

  private static Map<String, String> cookies(XmlElement element) {
    Map<String, String> found = new LinkedHashMap<>();
    List<XmlElement> cookies = element.children("cookie");
    for (XmlElement cookie : cookies) {
      String name = cookie.values().required("name");
      String value = cookie.text();
      if (!name.isEmpty() && !name.matches(COOKIE_NAME)) {
        cookie.invalid("name", "A cookie's name has no spaces, separators or control characters.");
      }
      if (value.isEmpty()) {
        cookie.invalid("The cookie '" + name + "' has no value.");
      }
      if (!unquoted(value).matches(COOKIE_VALUE)) {
        cookie.invalid("The cookie's value has characters that no cookie may have.");
      }
      if (found.put(name, value) != null) {
        cookie.invalid("name", "The cookie '" + name + "' is given twice.");
      }
    }
    return found;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  void writeAttributes(XmlWriter out) {
    out.yesNo("tls", tls).attribute("tlsHostname", tlsHostname);
  }

  void writeChildren(XmlWriter out) {
    if (initiator != null) {
      out.open("initiator").open("iqn").attribute("name", initiator).close().close();
    }
    if (sslVerify != null) {
      out.open("ssl").yesNo("verify", sslVerify).close();
    }
    if (!cookies.isEmpty()) {
      out.open("cookies");
      cookies.forEach((name, value) -> out.open("cookie").attribute("name", name).closeWith(value));
      out.close();
    }
    if (readahead != null) {
      out.open("readahead").attribute("size", readahead).close();
    }
    if (timeout != null) {
      out.open("timeout").attribute("seconds", timeout).close();
    }
    if (user != null || group != null) {
      out.open("identity").attribute("user", user).attribute("group", group).close();
    }
  }
}
