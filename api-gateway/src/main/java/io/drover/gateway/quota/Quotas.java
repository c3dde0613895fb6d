package io.drover.gateway.quota;

import io.drover.contracts.id.ProjectId;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.quota.model.QuotaItem;
import io.drover.gateway.quota.model.QuotaLimits;
import java.util.Map;

/** Limits and what is used. Every call belongs to the transaction at hand. */
public interface Quotas {
  /** The limits as they are now. */
  QuotaLimits limits(ProjectId project);

  /**
   * The limits, locked until the transaction ends: whoever adds to the project holds this lock, so
   * that what {@link #used} counts stays true. No other row may be locked after it but new ones.
   */
  QuotaLimits lock(ProjectId project);

  /** What the project has now, this transaction's changes included. */
  QuotaAmounts used(ProjectId project);

  /** Replaces the limits that an operator has set; the version grows. */
  QuotaLimits set(ProjectId project, Map<QuotaItem, Long> own);
}
