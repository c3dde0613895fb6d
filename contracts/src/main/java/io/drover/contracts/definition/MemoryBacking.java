package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the guest's memory is on the host.
 *
 * @param source anonymous or memfd; null for anonymous
 * @param access shared or private; null for private
 * @param discard whether the content may be thrown away when the domain ends
 * @param allocation immediate or ondemand
 * @param threads that fill the memory when it is allocated at once
 * @param locked whether it stays in RAM
 * @param unshared whether equal pages of several domains are kept apart
 */
public record MemoryBacking(
    @Nullable String source,
    @Nullable String access,
    boolean discard,
    @Nullable String allocation,
    @Nullable Integer threads,
    boolean locked,
    boolean unshared) {
  static @Nullable MemoryBacking read(XmlElement domain) {
    XmlElement backing = domain.child("memoryBacking");
    if (backing == null) {
      return null;
    }
    XmlElement source = backing.child("source");
    XmlElement access = backing.child("access");
    XmlElement allocation = backing.child("allocation");
    return new MemoryBacking(
        source == null ? null : source.values().word("type", "anonymous", "memfd"),
        access == null ? null : access.values().word("mode", "shared", "private"),
        backing.has("discard"),
        allocation == null ? null : allocation.values().word("mode", "immediate", "ondemand"),
        allocation == null ? null : allocation.values().integer("threads", 1, 1024),
        backing.has("locked"),
        backing.has("nosharepages"));
  }

  void write(XmlWriter out) {
    out.open("memoryBacking");
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
}
