package io.drover.gateway.stream;

import java.util.Optional;

/**
 * Which events a client gets.
 *
 * @param project the project's id; events of other projects never leave
 * @param subject the domain or volume, when one is asked for
 * @param operation the operation, when one is asked for
 */
record StreamFilter(String project, Optional<String> subject, Optional<String> operation) {
  boolean takes(StreamEvent event) {
    return !event.type().isEmpty()
        && event.project().equals(project)
        && subject.map(id -> id.equals(event.subject())).orElse(true)
        && operation.map(id -> id.equals(event.operation())).orElse(true);
  }
}
