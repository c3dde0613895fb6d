package io.drover.gateway.quota;

import io.drover.gateway.quota.model.QuotaItem;
import jakarta.validation.constraints.Min;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits that a project shall have; what is absent or null is the configured default. */
record QuotaRequest(
    @Nullable @Min(value = 0, message = NEGATIVE) Long domains,
    @Nullable @Min(value = 0, message = NEGATIVE) Long vcpus,
    @Nullable @Min(value = 0, message = NEGATIVE) Long memoryMib,
    @Nullable @Min(value = 0, message = NEGATIVE) Long volumes,
    @Nullable @Min(value = 0, message = NEGATIVE) Long volumeBytes,
    @Nullable @Min(value = 0, message = NEGATIVE) Long openOperations) {
  private static final String NEGATIVE = "is negative; give 0 or more, or null for the default";

  /** By item, without those that are the default. */
  Map<QuotaItem, Long> own() {
    Map<QuotaItem, Long> own = new EnumMap<>(QuotaItem.class);
    put(own, QuotaItem.DOMAINS, domains);
    put(own, QuotaItem.VCPUS, vcpus);
    put(own, QuotaItem.MEMORY_MIB, memoryMib);
    put(own, QuotaItem.VOLUMES, volumes);
    put(own, QuotaItem.VOLUME_BYTES, volumeBytes);
    put(own, QuotaItem.OPEN_OPERATIONS, openOperations);
    return own;
  }

  private static void put(Map<QuotaItem, Long> own, QuotaItem item, @Nullable Long limit) {
    if (limit != null) {
      own.put(item, limit);
    }
  }
}
