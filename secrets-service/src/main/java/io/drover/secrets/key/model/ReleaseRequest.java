package io.drover.secrets.key.model;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.SubjectId;

/**
 * A host asks for a key.
 *
 * @param hostId as its token says, never as its body says
 * @param commandId the command that needs the key; the same one may ask again
 */
public record ReleaseRequest(
    KeyId keyId, SubjectId subject, long generation, CommandId commandId, HostId hostId) {}
