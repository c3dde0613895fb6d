package io.drover.contracts.definition.xml;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a part of a document again, with the namespace declarations that it needs. */
final class XmlCopy {
  private XmlCopy() {}

  static String inner(XmlElement element) {
    StringBuilder out = new StringBuilder();
    for (Object part : element.content()) {
      if (part instanceof XmlElement child) {
        copy(child, out, true);
      } else {
        out.append(XmlWriter.escapeText((String) part));
      }
    }
    return out.toString().strip();
  }

  private static void copy(XmlElement element, StringBuilder out, boolean outermost) {
    out.append('<').append(element.xmlName().shown());
    Map<String, String> declared =
        outermost ? inScope(element) : new TreeMap<>(element.namespaces());
    declared.forEach(
        (prefix, uri) ->
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                .append("=\"")
                .append(XmlWriter.escape(uri))
                .append('"'));
    element
        .attributes()
        .forEach(
            (name, value) ->
                out.append(' ')
                    .append(name.shown())
                    .append("=\"")
                    .append(XmlWriter.escape(value))
                    .append('"'));
    if (element.content().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object part : element.content()) {
      if (part instanceof XmlElement child) {
        copy(child, out, false);
      } else {
        out.append(XmlWriter.escapeText((String) part));
      }
    }
    out.append("</").append(element.xmlName().shown()).append('>');
  }

  private static Map<String, String> inScope(XmlElement element) {
    Map<String, String> declared = new TreeMap<>();
    for (@Nullable XmlElement at = element; at != null; at = at.parent()) {
      at.namespaces().forEach(declared::putIfAbsent);
    }
    return declared;
  }
}
