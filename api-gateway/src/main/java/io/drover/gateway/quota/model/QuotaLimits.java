package io.drover.gateway.quota.model;

import java.util.Map;

/**
 * The limits that an operator has set for a project.
 *
 * @param own by item; the configured default holds for what is not named
 * @param version of the row; also the ETag
 */
public record QuotaLimits(Map<QuotaItem, Long> own, long version) {
  public QuotaLimits {
    own = Map.copyOf(own);
  }

  /** The limit of an item. */
  public long of(QuotaItem item, QuotaAmounts defaults) {
    Long set = own.get(item);
    return set == null ? defaults.of(item) : set;
  }
}
