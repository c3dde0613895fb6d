package io.drover.cli.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.output.Printable;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.InputFile;
import io.drover.cli.shell.Shell;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainJson;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.json.ContractJson;
import io.drover.definition.argv.NativeArgv;
import io.drover.definition.argv.NativeCommand;
import io.drover.definition.argv.RunnableCommand;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.taint.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code drover domxml-to-native}. */
@Command(
    name = "domxml-to-native",
    mixinStandardHelpOptions = true,
    description = {
      "Print the QEMU command line of definitions, without a server.",
      "What only a host decides has placeholders in it; --runnable has something that works."
    })
public final class DomxmlToNative implements Callable<Integer> {
  private static final int MAX_BYTES = 256 * 1024;
  private final Shell shell;

  /** What to turn definitions into; there is one form so far, named as libvirt names it. */
  enum Form {
    QEMU_ARGV;

    static Form parse(String text) {
      if (!text.equals("qemu-argv")) {
        throw new TypeConversionException(
            "'" + text + "' is no form that definitions are turned into; write qemu-argv");
      }
      return QEMU_ARGV;
    }

    @Override
    public String toString() {
      return "qemu-argv";
    }
  }

  /** The only form, for the completion of a shell. */
  static final class Forms extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Forms() {
      super(List.of("qemu-argv"));
    }
  }

  /** Reads a form as it is typed, not as the constant is named. */
  static final class FormReader implements ITypeConverter<Form> {
    @Override
    public Form convert(String text) {
      return Form.parse(text);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "qemu-argv",
      converter = FormReader.class,
      completionCandidates = Forms.class,
      description = "The form: qemu-argv.")
  Form form = Form.QEMU_ARGV;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "libvirt domain XML, or the same as JSON; - is standard input.")
  List<String> files = List.of();

  @Option(
      names = "--json",
      description =
          "One JSON object a line: {\"file\":...,\"argv\":[...]} or {..., \"error\":...}.")
  boolean json;

  @Option(
      names = "--runnable",
      description = {
        "A line to paste into a shell: what a host would have prepared is replaced,",
        "and the guest runs at once. What was replaced is listed on standard error."
      })
  boolean runnable;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where --runnable puts sockets and secrets (default: /tmp/drover-NAME).")
  @Nullable String folder;

  public DomxmlToNative(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new EachFile(this::convert, this::complain).run(files).number();
  }

  private void convert(String file) {
    show(file, definition(InputFile.read(shell, file, MAX_BYTES)));
  }

  /** A JSON definition takes the way of its XML, so that both are read by the same rules. */
  private static DomainDefinition definition(byte[] content) {
    return InputFile.looksLikeJson(content)
        ? DomainXml.read(DomainXml.write(DomainJson.read(content)))
        : DomainXml.read(content);
  }

  private void show(String file, DomainDefinition definition) {
    EmulatorFacts emulator = EmulatorFacts.offline();
    if (runnable) {
      showRunnable(
          file, RunnableCommand.of(definition, emulator.withDebianFirmware(), folder(definition)));
      return;
    }
    NativeCommand command = NativeArgv.command(definition, emulator);
    if (json) {
      ObjectNode line = line(file);
      command.argv().forEach(line.putArray("argv")::add);
      shell.out().println(line);
      return;
    }
    comment(file, command.taints());
    shell.out().println(ShellWords.command(command.environment(), command.argv()));
  }

  private String folder(DomainDefinition definition) {
    String name = definition.name().replaceAll("[^A-Za-z0-9_.-]", "_");
    String plain = name.length() > 20 ? name.substring(0, 20) : name;
    return folder == null ? "/tmp/drover-" + plain : folder;
  }

  private void showRunnable(String file, RunnableCommand runnableForm) {
    NativeCommand command = runnableForm.command();
    String line = ShellWords.command(command.environment(), command.argv());
    StringBuilder all = new StringBuilder();
    for (List<String> preparation : runnableForm.preparations()) {
      all.append(ShellWords.join(preparation)).append(" && ");
    }
    all.append(line);
    if (json) {
      ObjectNode answer = line(file).put("line", all.toString());
      runnableForm.notes().forEach(answer.putArray("notes")::add);
      shell.out().println(answer);
      return;
    }
    comment(file, command.taints());
    runnableForm.notes().forEach(note -> shell.err().println("# " + file + ": " + note));
    shell.out().println(all);
  }

  private void comment(String file, Set<Taint> taints) {
    taints.stream()
        .sorted()
        .forEach(taint -> shell.err().println("# " + file + ": tainted: " + taint.word()));
  }

  private void complain(String file, CliFailure failure) {
    StringBuilder error = new StringBuilder(String.valueOf(failure.getMessage()));
    failure.lines().forEach(each -> error.append(json ? " " : "\n  ").append(each));
    if (json) {
      shell.out().println(line(file).put("error", error.toString()));
    } else {
      shell.out().flush();
      shell.err().println(Printable.of(file) + ": " + error);
    }
  }

  private static ObjectNode line(String file) {
    return ContractJson.mapper().createObjectNode().put("file", file);
  }
}
