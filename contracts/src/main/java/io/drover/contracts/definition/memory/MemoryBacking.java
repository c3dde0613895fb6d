package io.drover.contracts.definition.memory;

import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guest's memory is on the host.
 *
 * @param hugePages the page sizes to use; empty for ordinary pages
 * @param source anonymous, file or memfd; null for anonymous
 * @param access shared or private; null for private
 * @param discard whether the content may be thrown away when the domain ends
 * @param allocation immediate or ondemand
 * @param threads that fill the memory when it is allocated at once
 * @param locked whether it stays in RAM
 * @param unshared whether equal pages of several domains are kept apart
 */
public record MemoryBacking(
    List<HugePage> hugePages,
    @Nullable String source,
    @Nullable String access,
    boolean discard,
    @Nullable String allocation,
    @Nullable Integer threads,
    boolean locked,
    boolean unshared) {
  public MemoryBacking {
    hugePages = Defaults.list(hugePages);
  }

  /**
   * A page size.
   *
   * @param sizeKib null for the host's default
   * @param nodes the guest's NUMA nodes that have such pages; null for those that no other names
   */
  public record HugePage(@Nullable Long sizeKib, @Nullable String nodes) {}

  static @Nullable MemoryBacking read(XmlElement domain) {
    XmlElement backing = domain.gathered("memoryBacking");
    if (backing == null) {
      return null;
    }
    XmlElement source = backing.child("source");
    XmlElement access = backing.child("access");
    XmlElement allocation = backing.child("allocation");
    XmlElement huge = backing.gathered("hugepages");
    return new MemoryBacking(
        huge == null ? List.of() : hugePages(huge),
        source == null ? null : source.values().word("type", "anonymous", "file", "memfd"),
        access == null ? null : access.values().word("mode", "shared", "private"),
        backing.has("discard"),
        allocation == null ? null : allocation.values().word("mode", "immediate", "ondemand"),
        allocation == null ? null : threads(allocation),
        backing.has("locked"),
        backing.has("nosharepages"));
  }

  /** No threads and no word about them are the same. */
  private static @Nullable Integer threads(XmlElement allocation) {
    int threads = allocation.values().integerOr("threads", 0, 0, Integer.MAX_VALUE);
    return threads == 0 ? null : (Integer) threads;
  }

  private static List<HugePage> hugePages(XmlElement element) {
    List<XmlElement> pages = element.children("page");
    if (pages.isEmpty()) {
      return List.of(new HugePage(null, null));
    }
    if (pages.stream().filter(page -> page.attribute("nodeset") == null).count() > 1) {
      element.invalid("Only one <page> may stand without 'nodeset': it is for all other nodes.");
    }
    return pages.stream().map(MemoryBacking::hugePage).toList();
  }

  private static HugePage hugePage(XmlElement page) {
    Long bytes = Sizes.attribute(page, "size", "KiB");
    if (bytes == null || bytes == 0) {
      page.invalid("size", "<page> needs 'size', more than 0.");
    }
    return new HugePage(Sizes.kib(bytes), CpuSet.checked(page, page.values().text("nodeset")));
  }

  void write(XmlWriter out) {
    out.open("memoryBacking");
    if (!hugePages.isEmpty()) {
      out.open("hugepages");
      hugePages.forEach(page -> write(page, out));
      out.close();
    }
    out.flag("nosharepages", unshared);
    out.flag("locked", locked);
    if (source != null) {
      out.open("source").attribute("type", source).close();
    }
    if (access != null) {
      out.open("access").attribute("mode", access).close();
    }
    if (allocation != null || threads != null) {
      out.open("allocation").attribute("mode", allocation).attribute("threads", threads).close();
    }
    out.flag("discard", discard);
    out.close();
  }

  private static void write(HugePage page, XmlWriter out) {
    if (page.sizeKib != null) {
      out.open("page")
          .attribute("size", page.sizeKib)
          .attribute("unit", "KiB")
          .attribute("nodeset", page.nodes)
          .close();
    }
  }
}
