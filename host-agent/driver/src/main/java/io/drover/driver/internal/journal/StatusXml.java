package io.drover.driver.internal.journal;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.StateReason;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Writes and reads an entry as {@code <domstatus>}, the element of libvirt's status files. */
final class StatusXml {
  private static final String RESOURCE = "resource";
  private static final String ITEM = "item";

  /** Older drivers have written it; today it is a resource. */
  private static final String OLDER_OWNER = "handedOver";

  private final Map<String, ResourceKind<?>> kinds = new HashMap<>();

  /**
   * @param kinds those that entries may have records of
   */
  StatusXml(List<ResourceKind<?>> kinds) {
    kinds.forEach(kind -> this.kinds.put(kind.word(), kind));
  }

  String write(JournalEntry entry) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement("domstatus");
      xml.writeAttribute("state", entry.reason().state().word());
      xml.writeAttribute("reason", entry.reason().word());
      xml.writeAttribute("pid", Long.toString(entry.process().pid()));
      xml.writeAttribute("startTicks", Long.toString(entry.process().startTicks()));
      xml.writeAttribute("boot", entry.bootId());
      xml.writeAttribute("uuid", entry.id().toString());
      xml.writeAttribute("name", entry.name());
      for (Taint taint : new TreeSet<>(entry.taints())) {
        element(xml, "taint", Map.of("flag", taint.word()));
      }
      files(xml, entry.files());
      element(xml, "accelerator", Map.of("name", entry.accelerator()));
      for (Map.Entry<String, String> tag : new TreeMap<>(entry.tags()).entrySet()) {
        element(xml, "tag", Map.of("name", tag.getKey(), "value", tag.getValue()));
      }
      xml.writeCharacters("\n  ");
      xml.writeStartElement("resources");
      for (ResourceRecord each : entry.resources()) {
        resource(xml, each);
      }
      xml.writeEndElement();
      for (JobRecord job : entry.jobs()) {
        element(xml, "job", job.attributes());
      }
      xml.writeCharacters("\n");
      xml.flush();
      text.write(DomainXml.write(entry.definition()));
      xml.writeEndElement();
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("A status must be writable", e);
    }
  }

  private static void files(XMLStreamWriter xml, QemuFiles files) throws XMLStreamException {
    element(xml, "monitor", Map.of("path", files.monitor().toString(), "type", "unix"));
    element(xml, "libDir", Map.of("path", files.folder().toString()));
    element(xml, "log", Map.of("path", files.log().toString()));
    Map<String, String> console = new TreeMap<>();
    files.consoleSocket().ifPresent(path -> console.put("socket", path.toString()));
    files.consoleLog().ifPresent(path -> console.put("log", path.toString()));
    element(xml, "console", console);
  }

  private static void resource(XMLStreamWriter xml, ResourceRecord each) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement(RESOURCE);
    xml.writeAttribute("kind", each.kind().word());
    for (Map<String, String> item : each.kind().write(each)) {
      element(xml, ITEM, item);
    }
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, Map<String, String> attributes)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeEmptyElement(name);
    for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
      xml.writeAttribute(attribute.getKey(), attribute.getValue());
    }
  }

  /** Reads what {@link #write} or an older driver wrote; else an {@link IOException}. */
  JournalEntry read(String text) throws IOException {
    Element status = parse(text).getDocumentElement();
    if (!status.getTagName().equals("domstatus")) {
      throw new IOException("The file is no status of a domain");
    }
    try {
      DomainId id = DomainId.parse(status.getAttribute("uuid"));
      QemuFiles files = files(status);
      DomainDefinition definition = DomainXml.read(serialize(child(status, "domain")));
      return new JournalEntry(
          id,
          new ProcessIdentity(
              Long.parseLong(status.getAttribute("pid")),
              Long.parseLong(status.getAttribute("startTicks"))),
          status.getAttribute("boot"),
          files,
          child(status, "accelerator").getAttribute("name"),
          reason(status.getAttribute("state"), status.getAttribute("reason")),
          tags(status),
          taints(status),
          children(status, "resources").isEmpty()
              ? OlderResources.of(id, files.folder(), definition, owners(status))
              : resources(child(status, "resources")),
          definition,
          jobs(status));
    } catch (RuntimeException e) {
      throw new IOException("The status of a domain is incomplete: " + e.getMessage(), e);
    }
  }

  private static List<JobRecord> jobs(Element status) {
    return children(status, "job").stream().map(job -> JobRecord.read(job::getAttribute)).toList();
  }

  private static QemuFiles files(Element status) {
    Element console = child(status, "console");
    return new QemuFiles(
        Path.of(child(status, "libDir").getAttribute("path")),
        Path.of(child(status, "monitor").getAttribute("path")),
        Path.of(child(status, "log").getAttribute("path")),
        path(console, "socket"),
        path(console, "log"));
  }

  private static StateReason reason(String state, String reason) {
    return Arrays.stream(StateReason.values())
        .filter(each -> each.state().word().equals(state))
        .filter(each -> each.word().equals(reason))
        .findFirst()
        .orElse(StateReason.PAUSED_UNKNOWN);
  }

  private List<ResourceRecord> resources(Element resources) {
    List<ResourceRecord> records = new ArrayList<>();
    for (Element each : children(resources, RESOURCE)) {
      ResourceKind<?> kind = kinds.get(each.getAttribute("kind"));
      if (kind == null) {
        throw new IllegalArgumentException(
            "this driver does not know the resource '" + each.getAttribute("kind") + "'");
      }
      records.add(kind.read(children(each, ITEM).stream().map(StatusXml::attributes).toList()));
    }
    return records;
  }

  private static Map<String, String> attributes(Element element) {
    Map<String, String> found = new HashMap<>();
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      found.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    return found;
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

  private static List<OriginalOwner> owners(Element status) {
    List<OriginalOwner> files = new ArrayList<>();
    for (Element file : children(status, OLDER_OWNER)) {
      files.add(
          new OriginalOwner(
              Path.of(file.getAttribute("path")),
              Long.parseLong(file.getAttribute("uid")),
              Long.parseLong(file.getAttribute("gid"))));
    }
    return files;
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
