package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.SecurityLabel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One image of a disk's chain.
 *
 * @param source null where a backing chain ends
 * @param format raw, qcow2 ...; null when the definition leaves it open
 * @param options what else {@code <source>} says: index, startupPolicy
 * @param slice the part of the storage that holds the image
 * @param metadataCache the most that is kept of the metadata, in bytes
 * @param backing the image below; null when the definition does not say
 * @param reservations who does a SCSI disk's persistent reservations
 * @param labels how the host's security drivers label the file
 */
public record DiskImage(
    @Nullable DiskSource source,
    @Nullable String format,
    @Nullable Encryption encryption,
    Map<String, String> options,
    @Nullable Slice slice,
    @Nullable Long metadataCache,
    @Nullable DiskImage backing,
    @Nullable Reservations reservations,
    List<SecurityLabel> labels) {
  /** The image that ends a chain: an empty {@code <backingStore/>}. */
  public static final DiskImage END = empty(null, null);

  public DiskImage {
    options = Defaults.map(options);
    labels = Defaults.list(labels);
  }

  /** Bytes of the storage, from {@code offset}. */
  public record Slice(long offset, long size) {}

  public static DiskImage of(DiskSource source, @Nullable String format) {
    return empty(format, null).withSource(source);
  }

  /** What an empty drive would read its medium as. */
  static DiskImage empty(@Nullable String format, @Nullable Long metadataCache) {
    return new DiskImage(null, format, null, Map.of(), null, metadataCache, null, null, List.of());
  }

  public DiskImage withSource(DiskSource value) {
    return copy(value, format, encryption, options, backing);
  }

  public DiskImage withFormat(String value) {
    return copy(source, value, encryption, options, backing);
  }

  public DiskImage withEncryption(@Nullable Encryption value) {
    return copy(source, format, value, options, backing);
  }

  /** The same with one of {@link #options} changed. */
  public DiskImage withOption(String name, String value) {
    Map<String, String> changed = new HashMap<>(options);
    changed.put(name, value);
    return withOptions(changed);
  }

  DiskImage withOptions(Map<String, String> value) {
    return copy(source, format, encryption, value, backing);
  }

  public DiskImage withBacking(@Nullable DiskImage value) {
    return copy(source, format, encryption, options, value);
  }

  private DiskImage copy(
      @Nullable DiskSource newSource,
      @Nullable String newFormat,
      @Nullable Encryption newEncryption,
      Map<String, String> newOptions,
      @Nullable DiskImage newBacking) {
    return new DiskImage(
        newSource,
        newFormat,
        newEncryption,
        newOptions,
        slice,
        metadataCache,
        newBacking,
        reservations,
        labels);
  }
}
