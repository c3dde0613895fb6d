package io.drover.gateway.domain;

import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.domain.model.TenantDomain;
import java.util.List;
import java.util.Optional;

/** The stored domains. Every call belongs to the transaction at hand. */
public interface Domains {
  /** By id or by name. */
  Optional<TenantDomain> find(ProjectId project, String reference);

  /** By id or by name, locked until the transaction ends. */
  Optional<TenantDomain> lock(ProjectId project, String reference);

  /** By id, in any project, locked until the transaction ends. */
  Optional<TenantDomain> lock(DomainId id);

  /** In the order of their names, after this one. */
  List<TenantDomain> page(ProjectId project, Optional<String> after, int limit);

  void add(TenantDomain domain);

  /** Stores the state and the definitions; the version grows, and the stored domain is returned. */
  TenantDomain save(TenantDomain domain);

  void remove(DomainId id);
}
