package io.drover.definition.abi;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * An element of a definition without what only the host sees.
 *
 * @param attributes in the order of their names
 * @param text of an element without children; empty otherwise
 */
record GuestElement(
    String name, Map<String, String> attributes, String text, List<GuestElement> children) {

  /** The whole definition. */
  static GuestElement of(DomainDefinition definition) {
    return read(parse(DomainXml.write(definition)).getDocumentElement(), "");
  }

  private static GuestElement read(Element element, String path) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      String at = path.isEmpty() ? attribute.getName() : path + "/@" + attribute.getName();
      if (!HostSide.has(at)) {
        attributes.put(attribute.getName(), attribute.getValue());
      }
    }
    List<GuestElement> children = new ArrayList<>();
    NodeList content = element.getChildNodes();
    boolean leaf = true;
    for (int i = 0; i < content.getLength(); i++) {
      if (content.item(i) instanceof Element child) {
        leaf = false;
        String at = path.isEmpty() ? child.getTagName() : path + "/" + child.getTagName();
        if (!HostSide.has(at)) {
          GuestElement known = read(child, at);
          if (!known.emptied(child) || isDevice(at)) {
            children.add(known);
          }
        }
      }
    }
    String text = leaf && !HostSide.has(path + "/text()") ? element.getTextContent().strip() : "";
    return new GuestElement(element.getTagName(), attributes, text, children);
  }

  /** Whether it said something, and all of that is the host's. */
  private boolean emptied(Element whole) {
    boolean saidSomething = whole.hasAttributes() || whole.hasChildNodes();
    return saidSomething && attributes.isEmpty() && children.isEmpty() && text.isEmpty();
  }

  private static boolean isDevice(String path) {
    return path.startsWith("devices/") && path.indexOf('/', "devices/".length()) < 0;
  }

  /** The attribute, or the empty string. */
  String attribute(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /** The children of this name. */
  List<GuestElement> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  private static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("A definition is written as XML", e);
    }
  }
}
