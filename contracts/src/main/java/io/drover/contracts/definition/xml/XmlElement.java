package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element with its place in the document. Every accessor marks what it hands out as read;
 * {@link #refuseUnread()} reports the rest. Wrong values become faults, and the accessor then
 * answers as if the value were absent, so that one pass finds all faults.
 */
public final class XmlElement {
  private static final int SHOWN_CHARS = 600;

  private final XmlFaults faults;
  private @Nullable XmlElement parent;
  private final XmlName name;
  private final Map<String, String> namespaces;
  private final int line;
  private final int column;
  private final Map<XmlName, String> attributes = new LinkedHashMap<>();
  private final List<XmlName> unreadAttributes = new ArrayList<>();
  private final List<Object> content = new ArrayList<>();
  private final List<XmlElement> children = new ArrayList<>();
  private int textLength;
  private boolean read;
  private boolean textRead;

  XmlElement(
      XmlFaults faults,
      @Nullable XmlElement parent,
      XmlName name,
      Map<String, String> namespaces,
      int line,
      int column) {
    this.faults = faults;
    this.parent = parent;
    this.name = name;
    this.namespaces = namespaces;
    this.line = line;
    this.column = column;
    if (parent != null) {
      parent.children.add(this);
      parent.content.add(this);
    }
  }

  @Nullable XmlElement parent() {
    return parent;
  }

  void append(String text) {
    content.add(text);
    textLength += text.length();
  }

  int textLength() {
    return textLength;
  }

  void putAttribute(XmlName attribute, String value) {
    attributes.put(attribute, value);
    unreadAttributes.add(attribute);
  }

  List<XmlElement> childElements() {
    return children;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  XmlName xmlName() {
    return name;
  }

  Map<String, String> namespaces() {
    return namespaces;
  }

  Map<XmlName, String> attributes() {
    return attributes;
  }

  List<Object> content() {
    return content;
  }

  public String name() {
    return name.local();
  }

  /** Where it is, as in {@code /domain/devices/disk[2]}; the number only among several. */
  public String path() {
    String shown = name.shown();
    if (parent == null) {
      return "/" + shown;
    }
    int position = 0;
    int count = 0;
    for (XmlElement sibling : parent.children) {
      if (sibling.name.equals(name)) {
        count++;
        position = sibling == this ? count : position;
      }
    }
    return parent.path() + "/" + shown + (count > 1 ? "[" + position + "]" : "");
  }

  /** Reports a fault of this element. */
  public void fault(ErrorCode code, String detail) {
    faults.add(() -> new Problem.Fault(code, shortened(path()), line, column, shortened(detail)));
  }

  /** Reports that this element breaks a rule of domain definitions. */
  public void invalid(String detail) {
    fault(ErrorCode.INVALID_DEFINITION, detail);
  }

  /** Reports that one of this element's attributes breaks a rule. */
  public void invalid(String attribute, String detail) {
    fault(attribute, ErrorCode.INVALID_DEFINITION, detail);
  }

  void fault(String attribute, ErrorCode code, String detail) {
    faults.add(
        () ->
            new Problem.Fault(
                code, shortened(path() + "/@" + attribute), line, column, shortened(detail)));
  }

  /** A hostile name or value must not make the answer as long as the document, a hundred times. */
  private static String shortened(String text) {
    return text.length() <= SHOWN_CHARS
        ? text
        : text.substring(0, SHOWN_CHARS / 2)
            + "..."
            + text.substring(text.length() - SHOWN_CHARS / 2);
  }

  /** The places of this element and of all in it. */
  public SourceLocations places() {
    return SourceLocations.of(this);
  }

  /** The values of this element's attributes. */
  public XmlValues values() {
    return new XmlValues(this);
  }

  /** The attribute's value, or null. */
  public @Nullable String attribute(String local) {
    XmlName key = null;
    for (XmlName candidate : attributes.keySet()) {
      if (candidate.is("", local)) {
        key = candidate;
      }
    }
    if (key == null) {
      return null;
    }
    unreadAttributes.remove(key);
    return attributes.get(key);
  }

  /** The only child of this name, or null; a second one is a fault. */
  public @Nullable XmlElement child(String local) {
    return child("", local);
  }

  /** The only child of this name in that namespace, or null; a second one is a fault. */
  public @Nullable XmlElement child(String namespace, String local) {
    List<XmlElement> found = children(namespace, local);
    for (XmlElement surplus : found.subList(Math.min(1, found.size()), found.size())) {
      surplus.readWhole();
      surplus.invalid("<" + surplus.name.shown() + "> may stand here only once.");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** As {@link #gathered(String, String)}, outside foreign namespaces. */
  public @Nullable XmlElement gathered(String local) {
    return gathered("", local);
  }

  /**
   * The child of this name that only gathers others, or null. Further ones of it are no fault: what
   * is in them is found in the first, as by libvirt, which looks for the inner elements by path.
   */
  public @Nullable XmlElement gathered(String namespace, String local) {
    List<XmlElement> found = children(namespace, local);
    for (XmlElement further : found.subList(Math.min(1, found.size()), found.size())) {
      found.get(0).adoptChildren(further);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private void adoptChildren(XmlElement other) {
    for (XmlElement child : other.children) {
      child.parent = this;
      children.add(child);
      content.add(child);
    }
    other.content.removeAll(other.children);
    other.children.clear();
  }

  public List<XmlElement> children(String local) {
    return children("", local);
  }

  /** The children of this name in that namespace, in document order. */
  public List<XmlElement> children(String namespace, String local) {
    List<XmlElement> found = new ArrayList<>();
    for (XmlElement child : children) {
      if (child.name.is(namespace, local)) {
        child.read = true;
        found.add(child);
      }
    }
    return found;
  }

  /** All children outside foreign namespaces, in document order; none is marked as read. */
  public List<XmlElement> plainChildren() {
    return children.stream().filter(child -> child.name.namespace().isEmpty()).toList();
  }

  /** Whether there is such a child, or several; their own attributes stay unread. */
  public boolean has(String local) {
    return !children(local).isEmpty();
  }

  /** The text of the only child of this name; null without one and, as in libvirt, when empty. */
  public @Nullable String childText(String local) {
    XmlElement child = child(local);
    String text = child == null ? "" : child.text();
    return text.isEmpty() ? null : text;
  }

  /** The text, trimmed. */
  public String text() {
    textRead = true;
    return rawText().strip();
  }

  /** The text with the spaces around it. */
  public String exactText() {
    textRead = true;
    return rawText();
  }

  String rawText() {
    StringBuilder text = new StringBuilder();
    for (Object part : content) {
      if (part instanceof String characters) {
        text.append(characters);
      }
    }
    return text.toString();
  }

  /** The children and text as XML, whatever they are; all of it counts as read. */
  public String inner() {
    readWhole();
    return XmlCopy.inner(this);
  }

  /** Marks this element as known; its parts still have to be read one by one. */
  public XmlElement markRead() {
    read = true;
    return this;
  }

  /** Marks all of it as read: for what is accepted and has no meaning here. */
  public void readWhole() {
    read = true;
    textRead = true;
    unreadAttributes.clear();
    children.forEach(XmlElement::readWhole);
  }

  /** Reports each element, attribute and text that nobody has read. */
  public void refuseUnread() {
    if (!read) {
      fault(
          ErrorCode.UNSUPPORTED_ELEMENT,
          "<" + name.shown() + "> is not an element that Drover knows here; remove it.");
      return;
    }
    for (XmlName attribute : unreadAttributes) {
      fault(
          attribute.shown(),
          ErrorCode.UNSUPPORTED_ELEMENT,
          "'" + attribute.shown() + "' is not an attribute that Drover knows here; remove it.");
    }
    if (!textRead && !rawText().isBlank()) {
      fault(ErrorCode.UNSUPPORTED_ELEMENT, "<" + name.shown() + "> takes no text; remove it.");
    }
    children.forEach(XmlElement::refuseUnread);
  }
}
