package io.drover.cli.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.output.Printable;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.InputFile;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.definition.fromargv.NativeDefinition;
import io.drover.definition.fromargv.NativeDefinition.Unknown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover domxml-from-native}. */
@Command(
    name = "domxml-from-native",
    mixinStandardHelpOptions = true,
    description = {
      "Print the definition that a QEMU command line is of, without a server.",
      "All that this driver does not know of it is named."
    })
public final class DomxmlFromNative implements Callable<Integer> {
  private static final int MAX_BYTES = 256 * 1024;
  private final Shell shell;

  @Parameters(
      index = "0",
      paramLabel = "qemu-argv",
      converter = DomxmlToNative.FormReader.class,
      completionCandidates = DomxmlToNative.Forms.class,
      description = "The form: qemu-argv.")
  DomxmlToNative.Form form = DomxmlToNative.Form.QEMU_ARGV;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "A command as a shell reads it, or a JSON array of its words,",
        "or an object with such an 'argv'; - is standard input."
      })
  List<String> files = List.of();

  @Option(
      names = "--pass-on",
      description = {
        "Hand on what is not known: options as qemu:commandline, properties of",
        "devices as qemu:override. They are listed on standard error."
      })
  boolean passOn;

  public DomxmlFromNative(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new EachFile(this::convert, this::complain).run(files).number();
  }

  private void convert(String file) {
    NativeDefinition read = known(InputFile.read(shell, file, MAX_BYTES));
    read.passedOn()
        .forEach(
            each ->
                shell
                    .err()
                    .println("# " + Printable.of(file) + ": passed on: " + Printable.of(each)));
    shell.out().print(DomainXml.write(read.definition()));
  }

  /** Reads it; of what is not known all is told, however much it is. */
  private NativeDefinition known(byte[] content) {
    try {
      return read(content);
    } catch (ProblemException e) {
      if (e.code() != ErrorCode.UNSUPPORTED_ELEMENT) {
        throw e;
      }
      throw new CliFailure(
          ExitCode.REFUSED,
          String.valueOf(e.problem().detail()),
          e.problem().errors().stream().map(fault -> Printable.of(fault.detail())).toList());
    }
  }

  private NativeDefinition read(byte[] content) {
    Unknown unknown = passOn ? Unknown.PASSED_ON : Unknown.REFUSED;
    String text = text(content);
    Path here = shell.file("").toAbsolutePath();
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("{")
        ? NativeDefinition.of(words(content), unknown, here)
        : NativeDefinition.read(text, unknown, here);
  }

  private static String text(byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(ErrorCode.INVALID_REQUEST, "The command line is not in UTF-8.", e);
    }
  }

  private static List<String> words(byte[] content) {
    JsonNode read = ContractJson.read(content, JsonNode.class);
    JsonNode argv = read.isObject() ? read.path("argv") : read;
    List<String> words = new ArrayList<>();
    for (JsonNode word : argv) {
      if (word.isTextual()) {
        words.add(word.asText());
      }
    }
    if (words.isEmpty() || words.size() != argv.size()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The JSON is no array of words, and has none in 'argv'.");
    }
    return words;
  }

  private void complain(String file, CliFailure failure) {
    shell.out().flush();
    shell.err().println(Printable.of(file) + ": " + failure.getMessage());
    failure.lines().forEach(line -> shell.err().println("  " + line));
  }
}
