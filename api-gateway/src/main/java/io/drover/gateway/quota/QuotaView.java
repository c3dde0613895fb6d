package io.drover.gateway.quota;

import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.quota.model.QuotaItem;
import io.drover.gateway.quota.model.QuotaLimits;

/** A project's quota as the API shows it. */
record QuotaView(
    Limit domains,
    Limit vcpus,
    Limit memoryMib,
    Limit volumes,
    Limit volumeBytes,
    Limit openOperations,
    long version) {
  /**
   * Of one item.
   *
   * @param byDefault whether the limit is the configured one, because no operator has set another
   */
  record Limit(long limit, long used, boolean byDefault) {}

  static QuotaView of(QuotaLimits limits, QuotaAmounts defaults, QuotaAmounts used) {
    return new QuotaView(
        limit(QuotaItem.DOMAINS, limits, defaults, used),
        limit(QuotaItem.VCPUS, limits, defaults, used),
        limit(QuotaItem.MEMORY_MIB, limits, defaults, used),
        limit(QuotaItem.VOLUMES, limits, defaults, used),
        limit(QuotaItem.VOLUME_BYTES, limits, defaults, used),
        limit(QuotaItem.OPEN_OPERATIONS, limits, defaults, used),
        limits.version());
  }

  private static Limit limit(
      QuotaItem item, QuotaLimits limits, QuotaAmounts defaults, QuotaAmounts used) {
    return new Limit(limits.of(item, defaults), used.of(item), !limits.own().containsKey(item));
  }
}
