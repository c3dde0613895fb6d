package io.drover.contracts.definition.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes XML, indented by two spaces. Attributes whose value is null are left out, so a caller
 * writes what may be absent without asking.
 */
public final class XmlWriter {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private boolean tagOpen;

  /** Opens an element; attributes may follow until the next child or text. */
  public XmlWriter open(String name) {
    closeTag();
    indent();
    out.append('<').append(name);
    open.push(name);
    tagOpen = true;
    return this;
  }

  public XmlWriter attribute(String name, @Nullable Object value) {
    if (!tagOpen) {
      throw new IllegalStateException("No element is open for the attribute " + name);
    }
    if (value != null) {
      out.append(' ').append(name).append("='").append(escape(value.toString())).append('\'');
    }
    return this;
  }

  /** Writes {@code yes} or {@code no}. */
  public XmlWriter yesNo(String name, @Nullable Boolean value) {
    return attribute(name, value == null ? null : value ? "yes" : "no");
  }

  public XmlWriter close() {
    String name = open.pop();
    if (tagOpen) {
      out.append("/>\n");
      tagOpen = false;
    } else {
      indent();
      out.append("</").append(name).append(">\n");
    }
    return this;
  }

  /** Closes the open element after its text. */
  public XmlWriter closeWith(Object text) {
    String name = open.pop();
    out.append('>').append(escapeText(text.toString())).append("</").append(name).append(">\n");
    tagOpen = false;
    return this;
  }

  /** Writes an element that has only text, or nothing when the text is null. */
  public XmlWriter element(String name, @Nullable Object text) {
    return text == null ? this : open(name).closeWith(text);
  }

  /** Writes an empty element if it is present. */
  public XmlWriter flag(String name, boolean present) {
    return present ? open(name).close() : this;
  }

  /** Writes the part with the given writer, or nothing when it is null. */
  public <T> XmlWriter part(@Nullable T value, Consumer<T> writer) {
    if (value != null) {
      writer.accept(value);
    }
    return this;
  }

  /** Writes what is XML already, as it is. */
  public XmlWriter raw(String xml) {
    closeTag();
    indent();
    out.append(xml).append('\n');
    return this;
  }

  private void closeTag() {
    if (tagOpen) {
      out.append(">\n");
      tagOpen = false;
    }
  }

  private void indent() {
    out.append("  ".repeat(open.size()));
  }

  /** The document so far. */
  @Override
  public String toString() {
    return out.toString();
  }

  static String escapeText(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '\'' -> escaped.append("&apos;");
        case '"' -> escaped.append("&quot;");
        case '\n', '\t', '\r' -> escaped.append("&#").append((int) c).append(';');
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
