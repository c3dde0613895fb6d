package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts end in the reverse order of their start, all of them. */
class UndoStepsTest {
  private final UndoSteps undo = new UndoSteps();
  private final List<String> done = new ArrayList<>();

  @Test
  void theNewestIsTakenBackFirstAndNothingTwice() {
    undo.add(() -> done.add("first"));
    undo.add(() -> done.add("second"));
    undo.runAll();
    undo.runAll();
    assertThat(done).containsExactly("second", "first");
  }

  @Test
  void aStepThatFailsKeepsNoOtherFromItsTurn() {
    undo.add(() -> done.add("first"));
    undo.add(() -> fail("kafka"));
    undo.add(() -> fail("agent"));
    assertThatThrownBy(undo::runAll)
        .hasMessage("agent")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(other -> assertThat(other).hasMessage("kafka")));
    assertThat(done).containsExactly("first");
  }

  private static void fail(String part) {
    throw new IllegalStateException(part);
  }
}
