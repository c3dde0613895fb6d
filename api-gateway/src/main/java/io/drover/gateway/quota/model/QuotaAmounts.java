package io.drover.gateway.quota.model;

import java.util.EnumMap;
import java.util.Map;

/** So much of each item; of an item that is not named, nothing. Immutable. */
public record QuotaAmounts(Map<QuotaItem, Long> byItem) {
  public QuotaAmounts {
    byItem = Map.copyOf(byItem);
  }

  public long of(QuotaItem item) {
    return byItem.getOrDefault(item, 0L);
  }

  /** A domain of this size. */
  public static QuotaAmounts ofDomain(int vcpus, long memoryMib) {
    return new QuotaAmounts(
        Map.of(
            QuotaItem.DOMAINS, 1L, QuotaItem.VCPUS, (long) vcpus, QuotaItem.MEMORY_MIB, memoryMib));
  }

  /** A volume of this capacity. */
  public static QuotaAmounts ofVolume(long sizeBytes) {
    return new QuotaAmounts(Map.of(QuotaItem.VOLUMES, 1L, QuotaItem.VOLUME_BYTES, sizeBytes));
  }

  /** An operation, and the bytes by which it makes a volume grow. */
  public static QuotaAmounts ofOperation(long growthBytes) {
    return new QuotaAmounts(
        Map.of(QuotaItem.OPEN_OPERATIONS, 1L, QuotaItem.VOLUME_BYTES, growthBytes));
  }

  /** The same with this amount of one item. */
  public QuotaAmounts with(QuotaItem item, long amount) {
    Map<QuotaItem, Long> more = new EnumMap<>(QuotaItem.class);
    more.putAll(byItem);
    more.put(item, amount);
    return new QuotaAmounts(more);
  }
}
