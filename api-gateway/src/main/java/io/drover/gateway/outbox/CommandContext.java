package io.drover.gateway.outbox;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.util.UUID;

/**
 * What an event or command of the gateway is about.
 *
 * @param subject the domain's or volume's id
 */
public record CommandContext(UUID subject, ProjectId projectId, OperationId operationId) {}
