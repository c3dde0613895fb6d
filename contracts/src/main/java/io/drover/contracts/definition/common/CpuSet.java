package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.XmlElement;
import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sets of CPUs or NUMA nodes as libvirt writes them: {@code 0-3,^2,8}. */
public final class CpuSet {
  private static final int MAX_NUMBER = 16_384;

  /** One part only: a pattern over the whole list would recurse as deep as the list is long. */
  private static final Pattern PART = Pattern.compile("\\^?\\d{1,5}(-\\d{1,5})?");

  private CpuSet() {}

  public static @Nullable String checked(XmlElement element, @Nullable String set) {
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
    if (bits(compact).isEmpty()) {
      element.invalid("'" + set + "' is empty, or a range in it is the wrong way round.");
      return null;
    }
    return text(bits(compact));
  }

  /** By ranges of bits: a long list of wide ranges costs no more than it takes to read. */
  private static BitSet bits(String set) {
    BitSet bits = new BitSet();
    if (set.isEmpty()) { // what could not be read, and has been reported
      return bits;
    }
    for (String part : set.split(",", -1)) {
      boolean without = part.startsWith("^");
      String range = without ? part.substring(1) : part;
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      int end = Math.min(last, MAX_NUMBER) + 1;
      if (first < end) {
        bits.set(first, end, !without);
      }
    }
    return bits;
  }

  /** The set in its shortest form: ranges in order. */
  public static String text(BitSet numbers) {
    StringBuilder text = new StringBuilder();
    for (int first = numbers.nextSetBit(0); first >= 0; ) {
      int end = numbers.nextClearBit(first);
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (end - first > 1) {
        text.append('-').append(end - 1);
      }
      first = numbers.nextSetBit(end);
    }
    return text.toString();
  }

  /** The numbers of a set that a definition has, in order. */
  public static SortedSet<Integer> numbers(String set) {
    SortedSet<Integer> found = new TreeSet<>();
    bits(set).stream().forEach(found::add);
    return found;
  }
}
