package io.drover.contracts.definition.xml;

import io.drover.contracts.error.Problem;
import java.util.HashMap;
import java.util.Map;

/** Where the elements of a document are, for faults that are found after it was read. */
public final class SourceLocations {
  /** Of what is no document. */
  public static final SourceLocations NONE = new SourceLocations();

  private final Map<String, XmlElement> elements = new HashMap<>();

  private SourceLocations() {}

  static SourceLocations of(XmlElement root) {
    SourceLocations places = new SourceLocations();
    places.add("/" + root.xmlName().shown(), root);
    return places;
  }

  private void add(String path, XmlElement element) {
    elements.put(path, element);
    Map<String, Integer> counts = new HashMap<>();
    element.childElements().forEach(c -> counts.merge(c.xmlName().shown(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    for (XmlElement child : element.childElements()) {
      String name = child.xmlName().shown();
      int number = seen.merge(name, 1, Integer::sum);
      add(path + "/" + name + (counts.getOrDefault(name, 1) > 1 ? "[" + number + "]" : ""), child);
    }
  }

  /** The same fault with the line and column of its element, or of the nearest one around it. */
  public Problem.Fault located(Problem.Fault fault) {
    String path = fault.path();
    while (fault.line() == 0 && !path.isEmpty()) {
      XmlElement element = elements.getOrDefault(path, elements.get(path + "[1]"));
      if (element != null) {
        return new Problem.Fault(
            fault.code(), fault.path(), element.line(), element.column(), fault.detail());
      }
      path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
    return fault;
  }
}
