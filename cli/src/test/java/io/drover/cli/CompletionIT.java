package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The completion script in a real bash, and the help of every command. */
class CompletionIT {
  @TempDir Path folder;

  @Test
  void bashCompletesTheCommandsOfDomain() throws IOException, InterruptedException {
    Path script = folder.resolve("completion.sh");
    Files.writeString(script, new Invocation(folder).run("generate-completion").out());

    String completed =
        bash(
            "source "
                + script
                + "; COMP_WORDS=(drover domain s); COMP_CWORD=2;"
                + " _complete_drover 2>/dev/null; echo \"${COMPREPLY[*]}\"");

    assertThat(completed.strip().split(" ")).contains("show", "start", "shutdown");
  }

  @Test
  void everyParameterAndOptionIsDescribed() {
    everythingIsDescribed(Drover.commandLine(io.drover.cli.shell.Shell.ofProcess()));
  }

  private static void everythingIsDescribed(CommandLine line) {
    line.getCommandSpec()
        .args()
        .forEach(
            arg ->
                assertThat(String.join("", arg.description()))
                    .as(line.getCommandSpec().qualifiedName() + " " + arg)
                    .isNotBlank());
    line.getSubcommands().values().forEach(CompletionIT::everythingIsDescribed);
  }

  private static String bash(String command) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).as(output).isZero();
    return output;
  }

  @Test
  void everyCommandHasHelpWithADescription() {
    everyCommandHasHelp(Drover.commandLine(io.drover.cli.shell.Shell.ofProcess()), new String[0]);
  }

  private void everyCommandHasHelp(CommandLine line, String[] path) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              String[] next = java.util.Arrays.copyOf(path, path.length + 2);
              next[path.length] = name;
              next[path.length + 1] = "--help";
              Invocation.Result help = new Invocation(folder).run(next);
              assertThat(help.status()).as(name).isZero();
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as(name)
                  .isNotEmpty();
              everyCommandHasHelp(command, java.util.Arrays.copyOf(next, path.length + 1));
            });
  }
}
