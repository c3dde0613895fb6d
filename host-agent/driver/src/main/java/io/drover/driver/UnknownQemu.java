package io.drover.driver;

import io.drover.contracts.id.DomainId;
import java.util.Optional;

/**
 * A QEMU that runs under the root and is in no journal.
 *
 * @param domainId from its {@code -uuid} argument
 */
public record UnknownQemu(long pid, Optional<DomainId> domainId) {}
