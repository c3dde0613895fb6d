package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process whose first thread has exited while another one still holds its files. */
@Timeout(60)
class ProcessIdentityIT {
  /** The second thread waits for the end of its input; the first one exits alone. */
  private static final String PROGRAM =
      """
      import ctypes, os, sys, threading
      def wait():
          sys.stdin.read()
          os._exit(7)
      threading.Thread(target=wait).start()
      print("ready", flush=True)
      ctypes.CDLL(None).pthread_exit(None)
      """;

  @Test
  void aProcessIsGoneWithItsLastThreadAndNotWithItsFirst() throws Exception {
    Process process = start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("ready");
      ProcessIdentity identity = ProcessIdentity.of(process.pid()).orElseThrow();
      awaitZombie(process.pid());

      assertThat(identity.alive()).as("its second thread still runs").isTrue();
      assertThat(ProcessIdentity.of(process.pid())).isEqualTo(Optional.of(identity));

      process.outputWriter().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("the second thread has ended it").isEqualTo(7);
      assertThat(identity.alive()).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start() {
    try {
      return new ProcessBuilder("python3", "-c", PROGRAM)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      return Assumptions.abort("needs python3, whose first thread can exit alone: " + e);
    }
  }

  /** The kernel shows the first thread as a zombie a moment after it was asked to exit. */
  private static void awaitZombie(long pid) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tZ")) {
      assertThat(System.nanoTime()).as("the first thread does not exit").isLessThan(until);
      Thread.onSpinWait();
    }
  }
}
