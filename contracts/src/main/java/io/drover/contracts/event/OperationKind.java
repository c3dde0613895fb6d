package io.drover.contracts.event;

/** What an operation does, for people and programs that watch it. */
public enum OperationKind {
  CREATE_VOLUME,
  DELETE_VOLUME,
  CREATE_DOMAIN,
  START_DOMAIN,
  SHUT_DOWN_DOMAIN,
  DESTROY_DOMAIN,
  DELETE_DOMAIN,
  /** An operation on a running domain; which one is data. */
  OPERATE_DOMAIN,
  /** Ends a long operation on a running domain. */
  ABORT_OPERATION
}
