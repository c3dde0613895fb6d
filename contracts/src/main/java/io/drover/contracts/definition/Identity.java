package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who the domain is.
 *
 * @param uuid null when still to choose
 * @param generation tells a guest that it is another copy of itself; null for none
 * @param metadata what others keep with the definition, as XML; Drover does not look into it
 */
public record Identity(
    String name,
    @Nullable UUID uuid,
    @Nullable GenerationId generation,
    @Nullable String title,
    @Nullable String description,
    @Nullable String metadata) {
  private static final int MAX_NAME = 255;

  /** Among them what ends a line for one reader or another. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\u2028\u2029]");

  public Identity withUuid(UUID value) {
    return new Identity(name, value, generation, title, description, metadata);
  }

  public Identity withGeneration(GenerationId value) {
    return new Identity(name, uuid, value, title, description, metadata);
  }

  /** {@code value} is null when it is still to choose. */
  public record GenerationId(@Nullable UUID value) {}

  private static @Nullable GenerationId generation(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    return new GenerationId(Numbers.uuidOfText(element));
  }

  static Identity read(XmlElement domain) {
    XmlElement name = domain.child("name");
    XmlElement uuid = domain.child("uuid");
    XmlElement metadata = domain.child("metadata");
    String text = name == null ? "" : name.text();
    if (name == null || text.isEmpty()) {
      domain.invalid("A domain needs a <name>.");
    } else if (CONTROL.matcher(name.exactText()).find()) {
      name.invalid(
          "A name has no line break and no other control character: lists, logs and file names"
              + " would be split by it.");
    } else if (text.length() > MAX_NAME || text.contains("/") || text.matches("\\.{1,2}")) {
      name.invalid(
          "'"
              + text
              + "' is no name: it has 1 to "
              + MAX_NAME
              + " characters, no '/', and is not '.' or '..'.");
    }
    String title = domain.childText("title");
    if (title != null && (CONTROL.matcher(title).find() || title.length() > 1_000)) {
      domain.invalid("<title> is one line of at most 1000 characters.");
    }
    return new Identity(
        text,
        Numbers.uuidOfText(uuid),
        generation(domain.child("genid")),
        title,
        domain.childText("description"),
        metadata == null || metadata.inner().isEmpty() ? null : metadata.inner());
  }

  void write(XmlWriter out) {
    out.element("name", name).element("uuid", uuid);
    if (generation != null && generation.value == null) {
      out.flag("genid", true);
    } else if (generation != null) {
      out.element("genid", generation.value);
    }
    out.element("title", title);
    out.element("description", description);
    if (metadata != null && !metadata.isEmpty()) {
      out.open("metadata").raw(metadata).close();
    }
  }
}
