package io.drover.contracts.definition;

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
 */
public record DiskImage(
    @Nullable DiskSource source,
    @Nullable String format,
    @Nullable Encryption encryption,
    Map<String, String> options,
    @Nullable Slice slice,
    @Nullable Long metadataCache,
    @Nullable DiskImage backing) {
  /** The image that ends a chain: an empty {@code <backingStore/>}. */
  public static final DiskImage END = new DiskImage(null, null, null, Map.of(), null, null, null);

  public DiskImage {
    options = Given.map(options);
  }

  /** Bytes of the storage, from {@code offset}. */
  public record Slice(long offset, long size) {}

  public static DiskImage of(DiskSource source, @Nullable String format) {
    return new DiskImage(source, format, null, Map.of(), null, null, null);
  }

  public DiskImage withSource(DiskSource value) {
    return new DiskImage(value, format, encryption, options, slice, metadataCache, backing);
  }

  public DiskImage withFormat(String value) {
    return new DiskImage(source, value, encryption, options, slice, metadataCache, backing);
  }

  public DiskImage withEncryption(@Nullable Encryption value) {
    return new DiskImage(source, format, value, options, slice, metadataCache, backing);
  }
}
