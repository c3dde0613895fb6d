package io.drover.gateway.domain.model;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.TenantPolicy;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.LiveOperation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Both definitions of a domain, as libvirt domain XML in its canonical form. Pure.
 *
 * @param config what the next start gets
 * @param live what runs; the same for a domain that does not run
 */
public record DefinitionPair(String config, String live) {
  /**
   * Both as they are after the operation, as far as it is on them.
   *
   * @throws io.drover.contracts.error.ProblemException when one of them does not allow it
   */
  public DefinitionPair after(LiveOperation<?> operation) {
    return new DefinitionPair(
        operation.applies().config() ? changed(config, operation) : config,
        operation.applies().live() ? changed(live, operation) : live);
  }

  /** The same without the running domain, which has ended or is another one by now. */
  public DefinitionPair configAfter(LiveOperation<?> operation) {
    return operation.applies().config()
        ? new DefinitionPair(changed(config, operation), live)
        : this;
  }

  /**
   * Both as they are after an operation that has had its effect later than it was waited for: what
   * does not allow it any more stays as it is, and so does a next start whose disk is another one.
   */
  public DefinitionPair afterLate(LiveOperation<?> operation) {
    String nextLive = changedIfAllowed(live, operation);
    String nextConfig = operation.applies().config() ? changedIfAllowed(config, operation) : config;
    boolean same = images(live).containsAll(lost(config, nextConfig));
    return new DefinitionPair(same ? nextConfig : config, nextLive);
  }

  private static String changedIfAllowed(String xml, LiveOperation<?> operation) {
    try {
      return changed(xml, operation);
    } catch (ProblemException e) {
      return xml;
    }
  }

  private static Set<Image> lost(String before, String after) {
    Set<Image> lost = images(before);
    lost.removeAll(images(after));
    return lost;
  }

  /** A disk as far as both definitions must agree. */
  private record Image(String target, @Nullable DiskSource source) {}

  private static Set<Image> images(String xml) {
    Set<Image> images = new HashSet<>();
    for (Disk disk : DomainXml.read(xml).devices(Disk.class)) {
      DiskImage image = disk.image();
      images.add(new Image(disk.target().dev(), image == null ? null : image.source()));
    }
    return images;
  }

  private static String changed(String xml, LiveOperation<?> operation) {
    DomainDefinition before = DomainXml.read(xml);
    DomainDefinition after = operation.changed(before);
    return after.equals(before) ? xml : DomainXml.write(after);
  }

  /** The names of the volumes that either names. */
  public Set<String> volumes() {
    Set<String> names = new LinkedHashSet<>(volumes(config));
    names.addAll(live.equals(config) ? List.of() : volumes(live));
    return names;
  }

  /** The names of the volumes of those definitions that the operation is on. */
  public Set<String> volumesBefore(LiveOperation<?> operation) {
    Set<String> names = new LinkedHashSet<>();
    if (operation.applies().config()) {
      names.addAll(volumes(config));
    }
    if (operation.applies().live()) {
      names.addAll(volumes(live));
    }
    return names;
  }

  /** The names of the volumes that a definition names. */
  public static List<String> volumes(String xml) {
    return DomainXml.read(xml).volumes(TenantPolicy.POOL);
  }
}
