package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names a secret, by its id or by what it is for. */
public record SecretReference(@Nullable UUID uuid, @Nullable String usage) {
  public static SecretReference read(XmlElement element) {
    XmlValues values = element.values();
    SecretReference secret = new SecretReference(values.uuid("uuid"), values.text("usage"));
    if ((secret.uuid == null) == (secret.usage == null)) {
      element.invalid("A secret is named by exactly one of 'uuid' and 'usage'.");
    }
    return secret;
  }

  public void write(XmlWriter out) {
    out.attribute("uuid", uuid).attribute("usage", usage);
  }
}
