package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets of CPUs or NUMA nodes as libvirt writes them: {@code 0-3,^2,8}. */
final class CpuSet {
  /** One part only: a pattern over the whole list would recurse as deep as the list is long. */
  private static final Pattern PART = Pattern.compile("\\^?\\d{1,5}(-\\d{1,5})?");

  private CpuSet() {}

  static @Nullable String checked(XmlElement element, @Nullable String set) {
    if (set == null) {
      return null;
    }
    String compact = set.replaceAll("\\s", "");
    for (String part : compact.split(",", -1)) {
      if (!PART.matcher(part).matches()) {
        element.invalid("'" + set + "' is not a set of numbers such as 0-3,^2,8.");
        return null;
      }
    }
    return compact;
  }
}
