package io.drover.contracts.event;

/** What an operation does, for people and programs that watch it. */
public enum OperationKind {
  CREATE_VOLUME(Subject.VOLUME, Effect.CREATES),
  DELETE_VOLUME(Subject.VOLUME, Effect.DELETES),
  CREATE_DOMAIN(Subject.DOMAIN, Effect.STARTS),
  START_DOMAIN(Subject.DOMAIN, Effect.STARTS),
  SHUT_DOWN_DOMAIN(Subject.DOMAIN, Effect.STOPS),
  DESTROY_DOMAIN(Subject.DOMAIN, Effect.STOPS),
  DELETE_DOMAIN(Subject.DOMAIN, Effect.DELETES),
  /** An operation on a running domain; which one is data. */
  OPERATE_DOMAIN(Subject.DOMAIN, Effect.NEEDS_RUN),
  /** Ends a long operation on a running domain. */
  ABORT_OPERATION(Subject.DOMAIN, Effect.NEEDS_RUN);

  /** What an operation is on. */
  public enum Subject {
    DOMAIN,
    VOLUME
  }

  /** What it does to its subject's life. */
  public enum Effect {
    CREATES,
    STARTS,
    STOPS,
    DELETES,
    /** Nothing, but it ends with the run of its domain. */
    NEEDS_RUN
  }

  private final Subject subject;
  private final Effect effect;

  OperationKind(Subject subject, Effect effect) {
    this.subject = subject;
    this.effect = effect;
  }

  public Subject subject() {
    return subject;
  }

  public Effect effect() {
    return effect;
  }
}
