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
 *     one that its journal of commands does not cover
 * @param expiresAt after this instant nobody starts to carry the command out
 * @param operator whether an operator has asked for what the command has, so that the limits of
 *     tenants do not hold; a command of a gateway that is older than this member has none
 */
public record CommandHeader(
    CommandId id,
    OperationId operationId,
    ProjectId projectId,
    UUID subject,
    long generation,
    long hostEpoch,
    Instant expiresAt,
    Cause cause,
    boolean operator) {}
