package io.drover.driver.internal.qmp;

/** Who has one QEMU execute commands. */
public interface QmpExecutor {
  /**
   * Waits for the answer.
   *
   * @throws io.drover.contracts.error.ProblemException or {@link QmpException} when there is none,
   *     or QEMU refuses
   */
  <R> R execute(QmpCommand<R> command);
}
