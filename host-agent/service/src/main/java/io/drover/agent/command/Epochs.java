package io.drover.agent.command;

/**
 * The epochs of this agent that its journal of commands knows everything about. A command of one of
 * them that the journal does not have was never begun, so it may still be carried out after a
 * restart. One of an earlier epoch was perhaps carried out by an agent whose files are gone.
 *
 * @param first in which the journal was made
 * @param current of this run
 */
record Epochs(long first, long current) {
  boolean include(long epoch) {
    return first <= epoch && epoch <= current;
  }
}
