package io.drover.contracts.command;

/** What may be done to a host. */
public enum HostAction {
  /** Nothing new is placed on it; what runs there runs on. */
  DISABLE,
  ENABLE,
  /**
   * It is no host any more: its claims end, and what it still runs of them is ended should it come
   * back. A later start of its agent, or of a new one of the same id, makes it a host again.
   */
  REMOVE
}
