package io.drover.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsIT {
  @Test
  void aShellReadsTheSameArgumentsBack() throws Exception {
    List<String> arguments =
        List.of("qemu", "", "a b", "it's", "$HOME", "`id`", "{\"a\":\"b\\\\c\"}", "*", "-x=1,2");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + ShellWords.join(arguments)).start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(String.join("\n", arguments) + "\n");
  }
}
