package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one document, within limits. Document types, entities and processing
 * instructions are refused, so nothing outside the document is ever read.
 */
public final class XmlScan {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private final XmlLimits limits;
  private final XmlFaults faults;
  private int elements;

  private XmlScan(XMLStreamReader reader, XmlLimits limits, XmlFaults faults) {
    this.reader = reader;
    this.limits = limits;
    this.faults = faults;
  }

  /** Scans text; an encoding named in the XML declaration is of no account. */
  public static XmlElement scan(String text, XmlLimits limits, XmlFaults faults) {
    checkSize(text.length(), limits);
    try {
      return new XmlScan(FACTORY.createXMLStreamReader(new StringReader(text)), limits, faults)
          .document();
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /** Scans bytes in the encoding that the document declares, UTF-8 without one. */
  public static XmlElement scan(byte[] document, XmlLimits limits, XmlFaults faults) {
    checkSize(document.length, limits);
    return scan(XmlEncoding.decode(document), limits, faults);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }

  private static void checkSize(int size, XmlLimits limits) {
    if (size > limits.bytes()) {
      throw new ProblemException(
          ErrorCode.REQUEST_TOO_LARGE,
          "The document has " + size + " bytes; at most " + limits.bytes() + " are read.");
    }
  }

  private XmlElement document() throws XMLStreamException {
    XmlElement root = null;
    XmlElement open = null;
    int depth = 0;
    while (true) {
      Location before = reader.getLocation();
      int line = before.getLineNumber();
      int column = before.getColumnNumber();
      if (!reader.hasNext()) {
        break;
      }
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          limit(++depth, limits.depth(), "levels of elements", open);
          limit(++elements, limits.elements(), "elements", open);
          open = element(open, line, column);
          root = root == null ? open : root;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          open = open == null ? null : open.parent();
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (open != null) {
            open.append(reader.getText());
            limit(open.textLength(), limits.valueChars(), "characters of text", open);
          }
        }
        case XMLStreamConstants.DTD ->
            throw refused("A document type (DOCTYPE) is not read; leave it out.", open);
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused(
                "The entity '" + reader.getLocalName() + "' is not read; write its value.", open);
        case XMLStreamConstants.PROCESSING_INSTRUCTION ->
            throw refused("Processing instructions are not read; leave them out.", open);
        default -> {
          // comments and the ends of the document
        }
      }
    }
    if (root == null) {
      throw refused("The document has no element.", null);
    }
    return root;
  }

  private XmlElement element(@Nullable XmlElement parent, int line, int column) {
    limit(reader.getAttributeCount(), limits.attributes(), "attributes", parent);
    Map<String, String> namespaces = new HashMap<>();
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      String uri = reader.getNamespaceURI(i);
      namespaces.put(prefix == null ? "" : prefix, uri == null ? "" : uri);
    }
    XmlElement element =
        new XmlElement(
            faults,
            parent,
            XmlName.of(reader.getNamespaceURI(), reader.getPrefix(), reader.getLocalName()),
            namespaces,
            line,
            column);
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String value = reader.getAttributeValue(i);
      limit(value.length(), limits.valueChars(), "characters in an attribute", element);
      XmlName name =
          XmlName.of(
              reader.getAttributeNamespace(i),
              reader.getAttributePrefix(i),
              reader.getAttributeLocalName(i));
      element.putAttribute(name, value);
    }
    return element;
  }

  private void limit(int value, int limit, String what, @Nullable XmlElement at) {
    if (value > limit) {
      throw problem(
          ErrorCode.LIMIT_EXCEEDED, "More than " + limit + " " + what + " are not read.", at);
    }
  }

  private ProblemException refused(String detail, @Nullable XmlElement at) {
    return problem(ErrorCode.MALFORMED_XML, detail, at);
  }

  private ProblemException problem(ErrorCode code, String detail, @Nullable XmlElement at) {
    Location location = reader.getLocation();
    String path = at == null ? "/" : at.path();
    return new ProblemException(
        code,
        detail
            + " (line "
            + location.getLineNumber()
            + ", column "
            + location.getColumnNumber()
            + ")",
        List.of(
            new Problem.Fault(
                code, path, location.getLineNumber(), location.getColumnNumber(), detail)));
  }

  private static ProblemException malformed(XMLStreamException e) {
    Location location = e.getLocation();
    int line = location == null ? 0 : Math.max(0, location.getLineNumber());
    int column = location == null ? 0 : Math.max(0, location.getColumnNumber());
    String detail = "Not well-formed XML: " + reason(e);
    return new ProblemException(
        ErrorCode.MALFORMED_XML,
        detail + " (line " + line + ", column " + column + ")",
        List.of(new Problem.Fault(ErrorCode.MALFORMED_XML, "/", line, column, detail)));
  }

  /** The parser's sentence without the position that it puts before it. */
  private static String reason(XMLStreamException e) {
    String message = e.getMessage();
    if (message == null) {
      return "unreadable.";
    }
    int at = message.indexOf("Message: ");
    String text = at < 0 ? message : message.substring(at + "Message: ".length());
    String line = text.lines().findFirst().orElse("unreadable.");
    return line.length() > 300 ? line.substring(0, 300) : line;
  }
}
