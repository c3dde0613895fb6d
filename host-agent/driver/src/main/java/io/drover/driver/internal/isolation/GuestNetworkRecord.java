package io.drover.driver.internal.isolation;

import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.List;
import java.util.Map;

/**
 * The isolated network that a domain runs in.
 *
 * @param namespace the kernel's name of it, as {@code net:[4026532250]}
 */
public record GuestNetworkRecord(String namespace) implements ResourceRecord {
  private static final String NAMESPACE = "namespace";

  public static final ResourceKind<GuestNetworkRecord> KIND =
      new ResourceKind<>(
          "guest-network",
          GuestNetworkRecord.class,
          held -> List.of(Map.of(NAMESPACE, held.namespace())),
          items -> new GuestNetworkRecord(ResourceKind.required(items.get(0), NAMESPACE)));

  @Override
  public ResourceKind<GuestNetworkRecord> kind() {
    return KIND;
  }
}
