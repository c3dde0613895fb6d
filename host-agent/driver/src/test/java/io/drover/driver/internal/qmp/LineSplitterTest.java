package io.drover.driver.internal.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(20_000);

  private void feed(String text) {
    splitter.feed(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        line -> lines.add(new String(line, StandardCharsets.UTF_8)));
  }

  @Test
  void cutsWhereverThePacketsFall() {
    feed("{\"a\":1}\r\n{\"b\"");
    feed(":2}");
    feed("\r");
    feed("\n\n{}\n");
    assertThat(lines).containsExactly("{\"a\":1}", "{\"b\":2}", "{}");
  }

  @Test
  void takesALineOfExactlyTheLimit() {
    feed("x".repeat(20_000) + "\n");
    assertThat(lines).hasSize(1);
  }

  @Test
  void refusesALongerLine() {
    assertThatThrownBy(() -> feed("x".repeat(20_001))).isInstanceOf(QmpException.Malformed.class);
  }
}
