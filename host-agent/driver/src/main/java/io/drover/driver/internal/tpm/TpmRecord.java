package io.drover.driver.internal.tpm;

import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import java.util.List;
import java.util.Map;

/**
 * The swtpm of a domain.
 *
 * @param shortName of the domain's own folder, which names swtpm's too
 */
public record TpmRecord(DomainId id, String shortName) implements ResourceRecord {
  public static final ResourceKind<TpmRecord> KIND =
      new ResourceKind<>(
          "tpm",
          TpmRecord.class,
          held -> List.of(Map.of("uuid", held.id().toString(), "folder", held.shortName())),
          TpmRecord::read);

  @Override
  public ResourceKind<TpmRecord> kind() {
    return KIND;
  }

  private static TpmRecord read(List<Map<String, String>> items) {
    return new TpmRecord(
        DomainId.parse(ResourceKind.required(items.get(0), "uuid")),
        ResourceKind.required(items.get(0), "folder"));
  }
}
