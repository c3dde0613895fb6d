package io.drover.it.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.it.ProjectFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs, errors and names use the glossary's terms. */
class WordingTest {
  private static final String PAGE =
      """
      | term | meaning |
      |---|---|
      | claim | a licence |

      | not | but |
      |---|---|
      | news, last words | event |
      | goes on | continues |
      """;

  @Test
  void ofTheMainCodeIsThatOfTheGlossary() {
    Wording wording =
        Wording.of(ProjectFiles.text(ProjectFiles.root().resolve("docs/glossary.md")));
    assertThat(SourceFile.main().stream().flatMap(file -> wording.faults(file).stream())).isEmpty();
  }

  @Test
  void findsATermInASentence() {
    assertThat(faults("class A { String s = \"The copy goes on after %s\"; }"))
        .containsExactly(
            "A.java has \"goes on\" in the sentence \"The copy goes on after %s\";"
                + " the glossary says what to write.");
  }

  @Test
  void findsATermInANameOfAFieldAMethodOrAClass() {
    assertThat(faults("class QmpNews {}")).hasSize(1);
    assertThat(faults("class A { int newsUnsent; }")).hasSize(1);
    assertThat(faults("class A { void newsUnsent() {} }")).hasSize(1);
    assertThat(faults("class A { static final int LAST_WORDS = 1; }")).hasSize(1);
  }

  @Test
  void leavesCommentsTokensAndOtherWordsAlone() {
    assertThat(faults("/** The news. */ class A { String s = \"news\"; String newsletter; }"))
        .isEmpty();
    assertThat(faults("class A { String s = \"The claim continues\"; }")).isEmpty();
  }

  @Test
  void needsTheGlossarysTable() {
    assertThatThrownBy(() -> Wording.of("| term | meaning |")).isInstanceOf(AssertionError.class);
  }

  private static List<String> faults(String text) {
    return Wording.of(PAGE).faults(SourceFile.of("A.java", text));
  }
}
