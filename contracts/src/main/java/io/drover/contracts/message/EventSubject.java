package io.drover.contracts.message;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about.
 *
 * @param projectId null when it is not known whose the subject is
 * @param operationId the operation that the event is a part of; null for what happened by itself
 * @param generation the claim; 0 when unknown
 */
public record EventSubject(
    SubjectId subject,
    @Nullable ProjectId projectId,
    @Nullable OperationId operationId,
    long generation) {
  /** What the events that a command leads to are about. */
  public static EventSubject of(CommandHeader header) {
    return new EventSubject(
        new SubjectId(header.subject()),
        header.projectId(),
        header.operationId(),
        header.generation());
  }

  /**
   * What a record's headers say of the operation that it belongs to, for a record that cannot be
   * read otherwise; empty when they name no subject and operation.
   */
  public static Optional<EventSubject> ofOperation(Map<String, byte[]> headers) {
    Optional<String> subject = CloudEvents.attribute(headers, "subject");
    Optional<String> operation = CloudEvents.attribute(headers, "operationid");
    if (subject.isEmpty() || operation.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EventSubject(
              SubjectId.parse(subject.get()),
              CloudEvents.attribute(headers, "projectid").map(ProjectId::parse).orElse(null),
              OperationId.parse(operation.get()),
              CloudEvents.attribute(headers, "generation").map(Long::parseLong).orElse(0L)));
    } catch (ProblemException | NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
