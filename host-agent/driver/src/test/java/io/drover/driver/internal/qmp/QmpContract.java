package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds against the fake and against a real QEMU on the machine {@code none}. */
interface QmpContract {
  QmpConnection connection();

  @Test
  default void answersQueries() {
    assertThat(connection().execute(QmpCommand.query("query-version")).path("qemu").path("major"))
        .isNotNull();
    assertThat(connection().execute(RunState.queryStatus()).status()).isNotEmpty();
  }

  @Test
  default void refusesAnUnknownCommandByClass() {
    assertThatThrownBy(() -> connection().execute(QmpCommand.query("no-such-command")))
        .isInstanceOfSatisfying(
            QmpException.Refused.class,
            e -> {
              assertThat(e.errorClass()).isEqualTo("CommandNotFound");
              assertThat(e.command()).isEqualTo("no-such-command");
            });
  }

  @Test
  default void anInterruptedCallerDoesNotHarmTheSession() {
    Thread.currentThread().interrupt();
    Throwable outcome = catchThrowable(() -> connection().execute(RunState.queryStatus()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(), // the answer was there first
            impatient -> assertThat(impatient).isInstanceOf(QmpException.TimedOut.class));
    assertThat(connection().execute(RunState.queryStatus()).status()).isNotEmpty();
  }

  @Test
  default void hearsAnEventThatComesBeforeTheReply() {
    QmpEvent shutdown =
        connection()
            .executeUntil(
                RunState.quit(), event -> event.name().equals("SHUTDOWN"), Duration.ofSeconds(10));
    assertThat(shutdown.data().path("reason").asText()).isEqualTo("host-qmp-quit");
  }

  @Test
  default void everythingFailsOnceTheOtherSideIsGone() {
    QmpListener listener = connection().listen(event -> event.name().equals("NEVER"));
    connection().execute(RunState.quit());
    assertThatThrownBy(() -> listener.await(Duration.ofSeconds(10)))
        .isInstanceOf(QmpException.Disconnected.class);
    assertThatThrownBy(() -> connection().execute(RunState.queryStatus()))
        .isInstanceOf(QmpException.Disconnected.class);
    assertThat(connection().open()).isFalse();
  }

  @Test
  default void argumentsArrive() {
    assertThatThrownBy(
            () ->
                connection()
                    .execute(QmpCommand.change("qom-get", Map.of("path", "/x", "property", "y"))))
        .isInstanceOf(QmpException.Refused.class);
  }
}
