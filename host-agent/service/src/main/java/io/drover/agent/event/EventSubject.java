package io.drover.agent.event;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of news is about.
 *
 * @param subject the domain's or volume's id
 * @param projectId null when nobody knows whose it is
 * @param operationId the operation that it belongs to; null for what happened by itself
 * @param generation the claim; 0 when unknown
 */
public record EventSubject(
    UUID subject,
    @Nullable ProjectId projectId,
    @Nullable OperationId operationId,
    long generation) {
  public static EventSubject of(CommandHeader header) {
    return new EventSubject(
        header.subject(), header.projectId(), header.operationId(), header.generation());
  }
}
