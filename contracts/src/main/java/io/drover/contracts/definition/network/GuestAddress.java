package io.drover.contracts.definition.network;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import org.jspecify.annotations.Nullable;

/**
 * An address of a network card.
 *
 * @param family ipv4 or ipv6
 * @param prefix the network's part, in bits; null when not given
 */
public record GuestAddress(String family, String address, @Nullable Integer prefix) {
  public static GuestAddress read(XmlElement element) {
    XmlValues values = element.values();
    String address = values.required("address");
    String family =
        values.wordOr("family", address.contains(":") ? "ipv6" : "ipv4", "ipv4", "ipv6");
    if (!address.matches("[0-9a-fA-F:.]{2,45}")) {
      element.invalid("address", "'" + address + "' is not an IP address.");
    }
    return new GuestAddress(family, address, values.integer("prefix", 0, 128));
  }
}
