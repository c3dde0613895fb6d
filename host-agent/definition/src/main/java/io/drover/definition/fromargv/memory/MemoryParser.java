package io.drover.definition.fromargv.memory;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much memory there is, and what it is on the host. */
public final class MemoryParser {
  private static final long KIB_PER_MIB = 1024;
  private static final Pattern HUGE = Pattern.compile(".*/hugepages(\\d+)([MG])(/.*)?");

  private MemoryParser() {}

  public static void size(ParsedCommandLine draft, Values values) {
    Long size = values.takeKib("size", 'M');
    draft.initialKib(size == null ? 0 : size);
    String slots = values.take("slots");
    Long max = values.takeKib("maxmem");
    if (max != null) {
      draft
          .domain()
          .part("maxMemory")
          .with("slots", slots == null ? "16" : slots)
          .with("unit", "KiB")
          .holding(max);
    }
  }

  public static void overcommit(ParsedCommandLine draft, Values values) {
    if (values.takeOn("mem-lock")) {
      draft.domain().part("memoryBacking").part("locked");
    }
  }

  public static void allocated(ParsedCommandLine draft, Values values) {
    draft.domain().part("memoryBacking").part("allocation").with("mode", "immediate");
  }

  public static void path(ParsedCommandLine draft, Values values) {
    huge(draft, values.take("path"), null);
  }

  /** The memory that the machine option names. */
  public static void machine(ParsedCommandLine draft, Values machine) {
    Values object = draft.backends().use("-object", machine.take("memory-backend"));
    if (object == null) {
      return;
    }
    MutableElement backing = draft.domain().part("memoryBacking");
    String share = object.takeOnOff("share");
    if (share != null) {
      backing.part("access").with("mode", share.equals("on") ? "shared" : "private");
    }
    if (object.takeOn("discard-data")) {
      backing.part("discard");
    }
    object(draft, object, null);
    String nodes = nodes(object);
    if (nodes != null) {
      draft
          .domain()
          .part("numatune")
          .part("memory")
          .with("mode", mode(object))
          .with("nodeset", nodes);
    }
    draft.domain().dropIfEmpty(backing);
  }

  /**
   * What all memory objects have in common.
   *
   * @param cell the guest's node, or null for all of them
   */
  static void object(ParsedCommandLine draft, Values object, @Nullable String cell) {
    MutableElement backing = draft.domain().part("memoryBacking");
    String type = object.take("qom-type", "");
    String path = object.take("mem-path");
    boolean huge = huge(draft, path, cell);
    if (object.takeOn("hugetlb")) {
      Long kib = object.takeKib("hugetlbsize");
      page(draft, kib == null ? 2048 : kib, cell);
      huge = true;
    }
    if (type.equals("memory-backend-memfd")) {
      backing.part("source").with("type", "memfd");
    } else if (type.equals("memory-backend-file") && !huge) {
      backing.part("source").with("type", "file");
    }
    boolean allocated = object.takeOn("prealloc");
    String threads = object.take("prealloc-threads");
    if ((allocated && !huge) || threads != null) {
      backing.part("allocation").with("mode", "immediate").with("threads", threads);
    }
    object.take("size");
    object.take("x-use-canonical-path-for-ramblock-id");
    Values context = draft.backends().use("-object", object.take("prealloc-context"));
    if (context != null) {
      context.takeLeft(); // the threads that fill the memory are where the memory is
    }
    draft.domain().dropIfEmpty(backing);
  }

  private static boolean huge(
      ParsedCommandLine draft, @Nullable String path, @Nullable String cell) {
    if (path == null) {
      return false;
    }
    Matcher size = HUGE.matcher(path);
    if (size.matches()) {
      long number = Long.parseLong(size.group(1));
      page(
          draft,
          number * (size.group(2).equals("G") ? KIB_PER_MIB * KIB_PER_MIB : KIB_PER_MIB),
          cell);
      return true;
    }
    if (path.startsWith("/dev/hugepages")) {
      page(draft, 2 * KIB_PER_MIB, cell);
      return true;
    }
    return false;
  }

  private static void page(ParsedCommandLine draft, long kib, @Nullable String cell) {
    draft
        .domain()
        .part("memoryBacking")
        .part("hugepages")
        .add("page")
        .with("size", kib)
        .with("unit", "KiB")
        .with("nodeset", cell);
  }

  /** The host's nodes as libvirt writes a set; null for any. */
  static @Nullable String nodes(Values object) {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; object.has("host-nodes." + i); i++) {
      nodes.append(nodes.isEmpty() ? "" : ",").append(object.take("host-nodes." + i));
    }
    String plain = object.take("host-nodes");
    return plain != null ? plain : nodes.isEmpty() ? null : nodes.toString();
  }

  /** libvirt's word for the policy. */
  static String mode(Values object) {
    String policy = object.take("policy", "bind");
    return policy.equals("bind") ? "strict" : policy;
  }
}
