package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that a host does not have. */
class ToolProcessIT {
  @Test
  void aMissingToolIsNamedWithThePackageThatBringsIt(@TempDir Path empty) {
    assertThatThrownBy(() -> run(empty.resolve("chrt")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ErrorCode.HOST_RESOURCE_MISSING);
              assertThat(problem).hasMessageContaining("chrt").hasMessageContaining("util-linux");
            });
  }

  @Test
  void aToolOfNoKnownPackageIsNamedToo(@TempDir Path empty) {
    assertThatThrownBy(() -> run(empty.resolve("no-such-tool")))
        .hasMessageContaining("no-such-tool")
        .hasMessageNotContaining("package");
  }

  private static void run(Path tool) {
    ToolProcess.run(List.of(tool.toString()), new byte[0], Duration.ofSeconds(5));
  }
}
