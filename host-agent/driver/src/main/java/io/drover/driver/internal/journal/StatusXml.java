package io.drover.driver.internal.journal;

import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.internal.journal.JournalEntry.HandedOver;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Writes and reads an entry as {@code <domstatus>}, the element of libvirt's status files. */
final class StatusXml {
  private StatusXml() {}

  static String write(JournalEntry entry) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement("domstatus");
      xml.writeAttribute("state", entry.state());
      xml.writeAttribute("reason", entry.reason());
      xml.writeAttribute("pid", Long.toString(entry.process().pid()));
      xml.writeAttribute("startTicks", Long.toString(entry.process().startTicks()));
      xml.writeAttribute("boot", entry.bootId());
      xml.writeAttribute("uuid", entry.id().toString());
      xml.writeAttribute("name", entry.name());
      for (Taint taint : new TreeSet<>(entry.taints())) {
        element(xml, "taint", Map.of("flag", taint.word()));
      }
      element(xml, "monitor", Map.of("path", entry.monitor().toString(), "type", "unix"));
      element(xml, "libDir", Map.of("path", entry.folder().toString()));
      element(xml, "log", Map.of("path", entry.log().toString()));
      element(xml, "accelerator", Map.of("name", entry.accelerator()));
      Map<String, String> console = new TreeMap<>();
      entry.consoleSocket().ifPresent(path -> console.put("socket", path.toString()));
      entry.consoleLog().ifPresent(path -> console.put("log", path.toString()));
      element(xml, "console", console);
      for (Map.Entry<String, String> tag : new TreeMap<>(entry.tags()).entrySet()) {
        element(xml, "tag", Map.of("name", tag.getKey(), "value", tag.getValue()));
      }
      for (HandedOver file : entry.handedOver()) {
        element(xml, "handedOver", attributesOf(file));
      }
      for (JobRecord job : entry.jobs()) {
        element(xml, "job", job.attributes());
      }
      xml.writeCharacters("\n");
      xml.flush();
      text.write(entry.definition());
      xml.writeEndElement();
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("A status must be writable", e);
    }
  }

  private static Map<String, String> attributesOf(HandedOver file) {
    return new TreeMap<>(
        Map.of(
            "path",
            file.file().toString(),
            "uid",
            Long.toString(file.uid()),
            "gid",
            Long.toString(file.gid())));
  }

  private static void element(XMLStreamWriter xml, String name, Map<String, String> attributes)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeEmptyElement(name);
    for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
      xml.writeAttribute(attribute.getKey(), attribute.getValue());
    }
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IOException}. */
  static JournalEntry read(String text) throws IOException {
    Element status = parse(text).getDocumentElement();
    if (!status.getTagName().equals("domstatus")) {
      throw new IOException("The file is no status of a domain");
    }
    try {
      Element console = child(status, "console");
      return new JournalEntry(
          DomainId.parse(status.getAttribute("uuid")),
          status.getAttribute("name"),
          new ProcessIdentity(
              Long.parseLong(status.getAttribute("pid")),
              Long.parseLong(status.getAttribute("startTicks"))),
          status.getAttribute("boot"),
          Path.of(child(status, "libDir").getAttribute("path")),
          Path.of(child(status, "monitor").getAttribute("path")),
          Path.of(child(status, "log").getAttribute("path")),
          path(console, "socket"),
          path(console, "log"),
          child(status, "accelerator").getAttribute("name"),
          status.getAttribute("state"),
          status.getAttribute("reason"),
          tags(status),
          handedOver(status),
          taints(status),
          serialize(child(status, "domain")),
          jobs(status));
    } catch (RuntimeException e) {
      throw new IOException("The status of a domain is incomplete: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> tags(Element status) {
    Map<String, String> tags = new TreeMap<>();
    for (Element tag : children(status, "tag")) {
      tags.put(tag.getAttribute("name"), tag.getAttribute("value"));
    }
    return tags;
  }

  private static Set<Taint> taints(Element status) {
    Set<Taint> taints = new HashSet<>();
    for (Element taint : children(status, "taint")) {
      taints.add(Taint.ofWord(taint.getAttribute("flag")));
    }
    return taints;
  }

  private static List<HandedOver> handedOver(Element status) {
    List<HandedOver> files = new ArrayList<>();
    for (Element file : children(status, "handedOver")) {
      files.add(
          new HandedOver(
              Path.of(file.getAttribute("path")),
              Long.parseLong(file.getAttribute("uid")),
              Long.parseLong(file.getAttribute("gid"))));
    }
    return files;
  }

  private static List<JobRecord> jobs(Element status) {
    return children(status, "job").stream().map(job -> JobRecord.read(job::getAttribute)).toList();
  }

  private static Optional<Path> path(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
  }

  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    if (found.size() != 1) {
      throw new IllegalArgumentException("one <" + name + "> is expected");
    }
    return found.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static Document parse(String text) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("The status of a domain is no XML: " + e.getMessage(), e);
    }
  }

  private static String serialize(Node node) {
    StringWriter text = new StringWriter();
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(node), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("A parsed definition must be writable", e);
    }
  }
}
