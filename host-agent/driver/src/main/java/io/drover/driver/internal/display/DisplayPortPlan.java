package io.drover.driver.internal.display;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.resource.ResourcePlan;

/**
 * The ports that a domain's displays have got.
 *
 * @param assigned the definition with them
 */
public record DisplayPortPlan(DomainId id, DomainDefinition assigned) implements ResourcePlan {}
