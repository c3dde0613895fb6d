package io.drover.contracts.event;

/** What an operation does, for people and programs that watch it. */
public enum OperationKind {
  CREATE_VOLUME(SubjectKind.VOLUME, Effect.CREATES),
  DELETE_VOLUME(SubjectKind.VOLUME, Effect.DELETES),
  CREATE_DOMAIN(SubjectKind.DOMAIN, Effect.STARTS),
  START_DOMAIN(SubjectKind.DOMAIN, Effect.STARTS),
  SHUT_DOWN_DOMAIN(SubjectKind.DOMAIN, Effect.STOPS),
  DESTROY_DOMAIN(SubjectKind.DOMAIN, Effect.STOPS),
  DELETE_DOMAIN(SubjectKind.DOMAIN, Effect.DELETES),
  /** An operation on a running domain; which one is data. */
  OPERATE_DOMAIN(SubjectKind.DOMAIN, Effect.NEEDS_RUN),
  /** Ends a long operation on a running domain. */
  ABORT_OPERATION(SubjectKind.DOMAIN, Effect.NEEDS_RUN),
  DISABLE_HOST(SubjectKind.HOST, Effect.NONE),
  ENABLE_HOST(SubjectKind.HOST, Effect.NONE),
  REMOVE_HOST(SubjectKind.HOST, Effect.DELETES);

  /** What an operation is on. */
  public enum SubjectKind {
    DOMAIN,
    VOLUME,
    HOST
  }

  /** What it does to its subject's life. */
  public enum Effect {
    CREATES,
    STARTS,
    STOPS,
    DELETES,
    /** Nothing, but it ends with the run of its domain. */
    NEEDS_RUN,
    NONE
  }

  private final SubjectKind subject;
  private final Effect effect;

  OperationKind(SubjectKind subject, Effect effect) {
    this.subject = subject;
    this.effect = effect;
  }

  public SubjectKind subject() {
    return subject;
  }

  public Effect effect() {
    return effect;
  }
}
