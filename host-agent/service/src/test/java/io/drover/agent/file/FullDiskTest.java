package io.drover.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FullDiskTest {
  private static final UncheckedIOException FULL =
      new UncheckedIOException(
          "Cannot append", new FileSystemException("/h/done", null, "No space left on device"));

  @Test
  void aWriteWaitsUntilThereIsRoom() {
    AtomicInteger attempts = new AtomicInteger();
    FullDisk.outwait(
        () -> {
          if (attempts.incrementAndGet() < 3) {
            throw FULL;
          }
        });
    assertThat(attempts).hasValue(3);
  }

  @Test
  void everyOtherFailureIsThrownAtOnce() {
    UncheckedIOException other = new UncheckedIOException(new IOException("Input/output error"));
    assertThatThrownBy(
            () ->
                FullDisk.outwait(
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
    assertThat(FullDisk.problem(other)).isEmpty();
  }

  @Test
  void aWaitEndsWithTheAgent() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                FullDisk.outwait(
                    () -> {
                      throw FULL;
                    }))
        .isSameAs(FULL);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatMayFailSaysThatTheDiskIsFull() {
    assertThat(FullDisk.problem(FULL).orElseThrow().code())
        .isEqualTo(ErrorCode.HOST_RESOURCE_MISSING);
  }
}
