package io.drover.gateway.quota;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem.Fault;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.quota.model.QuotaItem;
import io.drover.gateway.quota.model.QuotaLimits;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds a project to its limits. What was reserved is counted from then on, because the same
 * transaction adds the row that is counted, and until the transaction that removes it.
 */
@ApplicationScoped
public class ReservingQuota {
  /**
   * What ends something has so many times the operations, so that a full project can be emptied.
   */
  private static final int RELEASING = 2;

  private final Quotas quotas;
  private final MeterRegistry metrics;
  private final QuotaAmounts defaults;

  ReservingQuota(Quotas quotas, MeterRegistry metrics, GatewayConfig config) {
    this.quotas = quotas;
    this.metrics = metrics;
    GatewayConfig.Quota limits = config.quota();
    this.defaults =
        new QuotaAmounts(
            Map.of(
                QuotaItem.DOMAINS, limits.domains(),
                QuotaItem.VCPUS, limits.vcpus(),
                QuotaItem.MEMORY_MIB, limits.memoryMib(),
                QuotaItem.VOLUMES, limits.volumes(),
                QuotaItem.VOLUME_BYTES, limits.volumeBytes(),
                QuotaItem.OPEN_OPERATIONS, limits.openOperations()));
  }

  /** The limits of a project that has none of its own. */
  QuotaAmounts defaults() {
    return defaults;
  }

  /**
   * Makes sure that the project may have this much more; within the caller's transaction, which
   * adds it. Others that add to the project wait until that has ended.
   *
   * @throws ProblemException {@code QUOTA_EXCEEDED}, with each item that is exceeded
   */
  public void reserve(ProjectId project, QuotaAmounts asked) {
    require(project, asked, 1);
  }

  /** The same for an operation that ends something, which a project at its limit may still ask. */
  public void reserveReleasing(ProjectId project) {
    require(project, QuotaAmounts.ofOperation(0), RELEASING);
  }

  private void require(ProjectId project, QuotaAmounts asked, int times) {
    QuotaLimits limits = quotas.lock(project);
    QuotaAmounts used = quotas.used(project);
    List<Fault> faults = new ArrayList<>();
    for (QuotaItem item : QuotaItem.values()) {
      long more = asked.of(item);
      long limit = limits.of(item, defaults);
      if (more > 0 && more > Math.max(limit, limit * times) - used.of(item)) {
        metrics.counter("drover.quota.refusals", "item", item.member()).increment();
        faults.add(fault(item, limit, used.of(item), more));
      }
    }
    if (!faults.isEmpty()) {
      throw refusal(faults);
    }
  }

  private static Fault fault(QuotaItem item, long limit, long used, long asked) {
    return new Fault(
        ErrorCode.QUOTA_EXCEEDED,
        "/" + item.member(),
        0,
        0,
        "The project may have %d %s; it has %d, and this asks for %d more."
            .formatted(limit, item.words(), used, asked));
  }

  private static ProblemException refusal(List<Fault> faults) {
    boolean operations =
        faults.stream().allMatch(each -> each.path().endsWith(QuotaItem.OPEN_OPERATIONS.member()));
    String remedy =
        operations
            ? " Wait for the end of those under way, or ask an operator for a higher limit."
            : " Delete what is not needed, or ask an operator for a higher limit.";
    String detail = faults.stream().map(Fault::detail).collect(Collectors.joining(" "));
    return new ProblemException(ErrorCode.QUOTA_EXCEEDED, detail + remedy, faults);
  }
}
