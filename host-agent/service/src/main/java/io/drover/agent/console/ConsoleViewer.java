package io.drover.agent.console;

/** Somebody who watches a console. Calls come from one thread at a time and must not block. */
interface ConsoleViewer {
  /** The last that the guest has printed before this viewer came; not to be changed. */
  void printedBefore(byte[] bytes);

  /** What the guest prints; not to be changed. */
  void output(byte[] bytes);

  /** Nothing more will come. */
  void ended(String reason);

  /** Whether this viewer wants to type. */
  boolean wantsToWrite();
}
