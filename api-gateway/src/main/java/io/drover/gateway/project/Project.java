package io.drover.gateway.project;

import io.drover.contracts.id.ProjectId;
import java.time.Instant;

/** A tenant's project. Its name never changes: tokens list it. */
public record Project(ProjectId id, String name, Instant createdAt) {}
