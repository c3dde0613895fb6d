package io.drover.contracts.message;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.report.HostReport;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTypesTest {
  static Stream<Class<?>> messages() {
    return Stream.concat(
        Stream.of(SchedulerCommand.class, HostCommand.class, Event.class)
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .distinct(),
        Stream.of(HostReport.class, KeyAudited.class));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageHasATypeThatLeadsBackToIt(Class<?> message) {
    assertThat(MessageTypes.find(MessageTypes.of(message))).contains(message);
  }

  /** The strings are on topics that are kept for a year: none may change or vanish. */
  @Test
  void theTypesOnTheWireStay() {
    assertThat(MessageTypes.all())
        .contains(
            "io.drover.audit.key-audited.v1",
            "io.drover.command.create-volume.v1",
            "io.drover.command.delete-domain.v1",
            "io.drover.command.delete-volume.v1",
            "io.drover.command.place-domain.v1",
            "io.drover.command.place-volume.v1",
            "io.drover.command.start-domain.v1",
            "io.drover.command.stop-domain.v1",
            "io.drover.event.command-superseded.v1",
            "io.drover.event.domain-deleted.v1",
            "io.drover.event.domain-failed.v1",
            "io.drover.event.domain-modified.v1",
            "io.drover.event.domain-observed.v1",
            "io.drover.event.domain-placed.v1",
            "io.drover.event.domain-started.v1",
            "io.drover.event.domain-stopped.v1",
            "io.drover.event.operation-accepted.v1",
            "io.drover.event.placement-refused.v1",
            "io.drover.event.step-completed.v1",
            "io.drover.event.volume-created.v1",
            "io.drover.event.volume-deleted.v1",
            "io.drover.event.volume-failed.v1",
            "io.drover.event.volume-placed.v1",
            "io.drover.report.host-report.v1");
  }

  @Test
  void whatIsNoMessageHasNoType() {
    assertThatThrownBy(() -> MessageTypes.of(String.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MessageTypes.find("io.drover.event.unknown.v1")).isEmpty();
  }

  private record Older() {}

  private record Newer() {}

  @Test
  void twoVersionsOfATypeLiveSideBySide() {
    List<Entry<String, Class<?>>> table =
        List.of(entry("t.v1", Older.class), entry("t.v2", Newer.class));
    assertThat(MessageTypes.byType(table))
        .containsEntry("t.v1", Older.class)
        .containsEntry("t.v2", Newer.class);
    assertThat(MessageTypes.byClass(table))
        .containsEntry(Older.class, "t.v1")
        .containsEntry(Newer.class, "t.v2");
  }

  @Test
  void aClassThatReadsTwoVersionsIsWrittenAsTheLater() {
    List<Entry<String, Class<?>>> table =
        List.of(entry("t.v1", Newer.class), entry("t.v2", Newer.class));
    assertThat(MessageTypes.byType(table)).hasSize(2);
    assertThat(MessageTypes.byClass(table)).containsEntry(Newer.class, "t.v2");
  }

  @Test
  void aTypeHasOneLine() {
    List<Entry<String, Class<?>>> table =
        List.of(entry("t.v1", Older.class), entry("t.v1", Newer.class));
    assertThatThrownBy(() -> MessageTypes.byType(table)).hasMessageContaining("t.v1");
  }
}
