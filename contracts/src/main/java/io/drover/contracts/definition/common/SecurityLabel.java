package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the host's security driver labels a domain, or one of its files.
 *
 * @param type dynamic, static or none; null for a file
 * @param model selinux, apparmor or dac
 * @param relabel whether files get the label
 * @param labelSkip of a file: whether labelling was given up
 * @param label the label itself, of a static one
 * @param baseLabel what a dynamic label is made from
 * @param imageLabel the label of the domain's files
 */
public record SecurityLabel(
    @Nullable String type,
    @Nullable String model,
    @Nullable Boolean relabel,
    @Nullable Boolean labelSkip,
    @Nullable String label,
    @Nullable String baseLabel,
    @Nullable String imageLabel) {
  /** The labels that stand directly in the element of a domain. */
  public static List<SecurityLabel> ofDomain(XmlElement domain) {
    List<XmlElement> elements = domain.children("seclabel");
    onePerModel(elements);
    return elements.stream().map(SecurityLabel::domain).toList();
  }

  /** The labels that stand directly in the element of a file. */
  public static List<SecurityLabel> ofFile(XmlElement source) {
    List<XmlElement> elements = source.children("seclabel");
    onePerModel(elements);
    return elements.stream().map(SecurityLabel::file).toList();
  }

  private static void onePerModel(List<XmlElement> elements) {
    Set<String> models = new HashSet<>();
    for (XmlElement element : elements) {
      String model = element.values().text("model");
      if (!models.add(model == null ? "" : model)) {
        element.invalid("There is one <seclabel> for each model.");
      }
    }
  }

  private static SecurityLabel domain(XmlElement element) {
    XmlValues values = element.values();
    String type = values.wordOr("type", "dynamic", "dynamic", "static", "none");
    SecurityLabel label =
        new SecurityLabel(
            type,
            values.text("model"),
            values.yesNo("relabel"),
            null,
            element.childText("label"),
            element.childText("baselabel"),
            element.childText("imagelabel"));
    boolean unlabelled = label.label == null || label.label.isEmpty();
    if (type.equals("static") && unlabelled && !"none".equals(label.model)) {
      element.invalid("A static <seclabel> needs <label>.");
    }
    if (label.model == null && (values.text("type") == null || type.equals("static"))) {
      element.invalid("model", "<seclabel> needs 'model'.");
    }
    if (label.baseLabel != null && label.model == null) {
      element.invalid("A <seclabel> with a <baselabel> needs 'model'.");
    }
    if (type.equals("none") && Boolean.TRUE.equals(label.relabel)) {
      element.invalid("relabel", "Nothing is relabelled when the type is 'none'.");
    }
    if (type.equals("dynamic") && Boolean.FALSE.equals(label.relabel)) {
      element.invalid("relabel", "A dynamic label needs relabel='yes'.");
    }
    return label;
  }

  private static SecurityLabel file(XmlElement element) {
    XmlValues values = element.values();
    SecurityLabel label =
        new SecurityLabel(
            null,
            values.text("model"),
            values.yesNo("relabel"),
            values.yesNo("labelskip"),
            element.childText("label"),
            null,
            null);
    if (label.label != null && Boolean.FALSE.equals(label.relabel)) {
      element.invalid("A <label> needs relabel='yes'.");
    }
    return label;
  }

  public void write(XmlWriter out) {
    out.open("seclabel")
        .attribute("type", type)
        .attribute("model", model)
        .yesNo("relabel", relabel)
        .yesNo("labelskip", labelSkip);
    out.element("label", label)
        .element("baselabel", baseLabel)
        .element("imagelabel", imageLabel)
        .close();
  }
}
