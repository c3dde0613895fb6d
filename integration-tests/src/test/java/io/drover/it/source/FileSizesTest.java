package io.drover.it.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Most files can be read at a glance. That none has more than 400 lines is checked by Checkstyle.
 */
class FileSizesTest {
  private static final long MEDIAN = 80;

  @Test
  void haveAMedianUnder80Lines() {
    List<Long> lines =
        SourceFile.main().stream()
            .filter(file -> !file.name().endsWith("package-info.java"))
            .map(SourceFile::lines)
            .sorted()
            .toList();
    assertThat(lines.get(lines.size() / 2))
        .as("median of %s main files, in lines", lines.size())
        .isLessThan(MEDIAN);
  }
}
