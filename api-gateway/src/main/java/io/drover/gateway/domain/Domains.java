package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.domain.model.Domain;
import java.util.List;
import java.util.Optional;

/** The stored domains. Every call belongs to the transaction at hand. */
public interface Domains {
  /** By id or by name. */
  Optional<Domain> find(ProjectId project, String reference);

  /** By id or by name, locked until the transaction ends. */
  Optional<Domain> lock(ProjectId project, String reference);

  /** By id, in any project, locked until the transaction ends. */
  Optional<Domain> lock(DomainId id);

  /** In the order of their names, after this one. */
  List<Domain> page(ProjectId project, Optional<String> after, int limit);

  void add(Domain domain);

  /** Stores the state; the version grows, and the stored domain is returned. */
  Domain save(Domain domain);

  void remove(DomainId id);
}
