package io.drover.definition.complete.defaults;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Identity;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Chooses the generation id of a definition that asks for one; the same definition keeps it. */
public final class GenerationIds {
  private GenerationIds() {}

  public static DomainDefinition apply(DomainDefinition definition) {
    Identity identity = definition.identity();
    Identity.GenerationId given = identity.generation();
    if (given == null || given.value() != null) {
      return definition;
    }
    String seed = identity.uuid() + "/" + identity.name() + "/genid";
    UUID chosen = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    return definition.withIdentity(identity.withGeneration(new Identity.GenerationId(chosen)));
  }
}
