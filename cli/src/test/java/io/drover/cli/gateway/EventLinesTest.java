package io.drover.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private static List<EventLines.Raw> read(String text) {
    EventLines lines = new EventLines();
    List<EventLines.Raw> events = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.next(line).ifPresent(events::add);
    }
    return events;
  }

  @Test
  void dataOfSeveralLinesIsOneEvent() {
    assertThat(read("id: 7\nevent:x\ndata: {\ndata: }\n\n"))
        .containsExactly(new EventLines.Raw("7", "x", "{\n}"));
  }

  @Test
  void heartbeatsAndUnknownFieldsAreNoEvents() {
    assertThat(read(": ping\n\nretry: 10\n\n\n")).isEmpty();
  }

  @Test
  void theIdStaysUntilTheNextOne() {
    assertThat(read("id: 1\ndata: a\n\ndata: b\n\n"))
        .extracting(EventLines.Raw::id)
        .containsExactly("1", "1");
  }

  @Test
  void anEventHasALimit() {
    EventLines lines = new EventLines();
    String chunk = "data: " + "x".repeat(600_000);
    lines.next(chunk);

    assertThatThrownBy(() -> lines.next(chunk)).hasMessageContaining("1 MiB");
  }
}
