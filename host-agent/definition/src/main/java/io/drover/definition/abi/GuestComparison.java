package io.drover.definition.abi;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Walks two definitions side by side until they differ. */
final class GuestComparison {
  /** Where the order of a definition says nothing, because something else tells which is which. */
  private static final Map<String, Comparator<GuestElement>> PAIRED =
      Map.of(
          "/domain/devices/disk", Comparator.comparing(disk -> of(disk, "target", "dev")),
          "/domain/devices/controller",
              Comparator.comparing((GuestElement controller) -> controller.attribute("type"))
                  .thenComparing(controller -> padded(controller.attribute("index")))
                  .thenComparing(controller -> of(controller, "master", "startport")),
          "/domain/cpu/feature", Comparator.comparing(feature -> feature.attribute("name")),
          "/domain/clock/timer", Comparator.comparing(timer -> timer.attribute("name")));

  private final GuestElement source;
  private final GuestElement target;

  GuestComparison(GuestElement source, GuestElement target) {
    this.source = source;
    this.target = target;
  }

  Optional<AbiDifference> first() {
    return Optional.ofNullable(elements("/domain", source, target));
  }

  private @Nullable AbiDifference elements(String path, GuestElement one, GuestElement other) {
    Set<String> names = new TreeSet<>(one.attributes().keySet());
    names.addAll(other.attributes().keySet());
    for (String name : names) {
      String has = one.attributes().get(name);
      String gets = other.attributes().get(name);
      if (has == null || !has.equals(gets)) {
        return different(path + "/@" + name, has, gets);
      }
    }
    if (!one.text().equals(other.text())) {
      return different(path, emptyToNull(one.text()), emptyToNull(other.text()));
    }
    Set<String> kinds = new LinkedHashSet<>();
    one.children().forEach(child -> kinds.add(child.name()));
    other.children().forEach(child -> kinds.add(child.name()));
    for (String kind : kinds) {
      AbiDifference found = kind(path + "/" + kind, one.children(kind), other.children(kind));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable AbiDifference kind(
      String path, List<GuestElement> some, List<GuestElement> others) {
    if (some.size() != others.size()) {
      return different(path, count(some), count(others));
    }
    List<GuestElement> has = ordered(path, some);
    List<GuestElement> gets = ordered(path, others);
    for (int i = 0; i < has.size(); i++) {
      String at = has.size() == 1 ? path : path + "[" + (some.indexOf(has.get(i)) + 1) + "]";
      AbiDifference found = elements(at, has.get(i), gets.get(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static List<GuestElement> ordered(String path, List<GuestElement> elements) {
    Comparator<GuestElement> order = PAIRED.get(path);
    return order == null ? elements : elements.stream().sorted(order).toList();
  }

  private static @Nullable String count(List<GuestElement> elements) {
    return elements.isEmpty() ? null : elements.size() + " of them";
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String of(GuestElement element, String child, String attribute) {
    List<GuestElement> found = element.children(child);
    return found.isEmpty() ? "" : found.get(0).attribute(attribute);
  }

  private static String padded(String number) {
    return "0".repeat(Math.max(0, 6 - number.length())) + number;
  }

  private static AbiDifference different(
      String path, @Nullable String source, @Nullable String target) {
    return new AbiDifference(
        path,
        source == null ? AbiDifference.NOTHING : source,
        target == null ? AbiDifference.NOTHING : target);
  }
}
