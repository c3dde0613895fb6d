package io.drover.contracts.command;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.time.Instant;
import java.util.UUID;

/**
 * What each command carries.
 *
 * @param id derived from subject, generation and kind, so that a replay has the same id
 * @param subject the domain's or volume's id; also the record key
 * @param generation the claim that this command belongs to; 0 until the scheduler has assigned it
 * @param hostEpoch the agent's epoch that the scheduler knew; 0 until assigned. An agent refuses
 *     another one
 * @param expiresAt after this instant nobody starts to carry the command out
 */
public record CommandHeader(
    CommandId id,
    OperationId operationId,
    ProjectId projectId,
    UUID subject,
    long generation,
    long hostEpoch,
    Instant expiresAt,
    Cause cause) {}
