package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  @Test
  void aLiveProcessLooksAliveToAnInterruptedThread() {
    ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    Thread.currentThread().interrupt();
    boolean alive = own.alive();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(alive).isTrue();
  }

  @Test
  void anotherStartTimeIsAnotherProcess() {
    long pid = ProcessHandle.current().pid();
    assertThat(new ProcessIdentity(pid, 1).alive()).isFalse();
  }
}
