package io.drover.gateway.domain.model;

/** What the tenant asked for last. */
public enum Desired {
  RUNNING,
  STOPPED,
  DELETED
}
