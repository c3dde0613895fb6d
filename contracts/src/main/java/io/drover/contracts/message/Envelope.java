package io.drover.contracts.message;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event around one message, in Kafka's binary mode.
 *
 * @param id unique for {@code source}; consumers drop a repetition by it
 * @param source the part that speaks, as in {@code /host-agents/<host id>}
 * @param subject the domain, volume or host id; also the record key
 * @param sequence grows by one for each event of one subject from one source, from 1; 0 for
 *     commands
 * @param hostSequence grows by one for each event of one agent epoch, from 1; 0 for other sources
 * @param projectId null for what belongs to no project
 * @param operationId the operation that this is a part of; null for what happened by itself
 * @param generation the claim that this belongs to; 0 where there is none
 */
public record Envelope<T>(
    UUID id,
    URI source,
    String subject,
    Instant time,
    long sequence,
    long hostSequence,
    @Nullable ProjectId projectId,
    @Nullable OperationId operationId,
    long generation,
    T data) {}
