package io.drover.definition.fromargv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.ArgvRefusal;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.ShellLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The definition that a QEMU command line is of. Pure; for any thread.
 *
 * @param definition as libvirt would write it, without what follows from the rest
 * @param passedOn what this driver does not know and the definition hands to QEMU as it is
 */
public record NativeDefinition(DomainDefinition definition, List<String> passedOn) {
  private static final int MAX_WORDS = 20_000;
  private static final String FORWARDS =
      " Ports are forwarded by <backend type='passt'/> with <portForward>: hostfwd=tcp:[ADDRESS]:"
          + "PORT-:PORT, or udp, alone or with net.";
  private static final Pattern VARIABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  /** Variables that the driver sets by itself. */
  private static final Set<String> OWN =
      Set.of(
          "LC_ALL",
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "XDG_DATA_HOME",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME");

  public NativeDefinition {
    passedOn = List.copyOf(passedOn);
  }

  /** What to do with what this driver does not know. */
  public enum Unknown {
    /** All of it is reported, and there is no definition. */
    REFUSED,
    /** Options go to {@code qemu:commandline}, properties of devices to {@code qemu:override}. */
    PASSED_ON
  }

  /**
   * Reads a command as a shell would.
   *
   * @throws ProblemException {@code INVALID_REQUEST} when it is no command line, {@code
   *     UNSUPPORTED_ELEMENT} with all that is not known, or with what is wrong with the definition
   */
  public static NativeDefinition read(String commandLine, Unknown unknown) {
    return of(ShellLine.words(commandLine), unknown);
  }

  /** Reads the words of a command: variables, the emulator, its options. */
  public static NativeDefinition of(List<String> words, Unknown unknown) {
    return of(words, unknown, Optional.empty());
  }

  /**
   * As {@link #read(String, Unknown)}.
   *
   * @param folder where the command would run: paths of the definition that are relative are meant
   *     from there
   */
  public static NativeDefinition read(String commandLine, Unknown unknown, Path folder) {
    return of(ShellLine.words(commandLine), unknown, Optional.of(folder));
  }

  /** As {@link #read(String, Unknown, Path)}, of the words. */
  public static NativeDefinition of(List<String> words, Unknown unknown, Path folder) {
    return of(words, unknown, Optional.of(folder));
  }

  private static NativeDefinition of(List<String> words, Unknown unknown, Optional<Path> folder) {
    check(words);
    Map<String, String> variables = new LinkedHashMap<>();
    int first = 0;
    for (; first < words.size(); first++) {
      var variable = VARIABLE.matcher(words.get(first));
      if (!variable.matches()) {
        break;
      }
      if (!OWN.contains(variable.group(1))) {
        variables.put(variable.group(1), variable.group(2));
      }
    }
    if (first == words.size() || words.get(first).startsWith("-")) {
      throw ArgvRefusal.of(
          "The command line has no emulator; begin with one, as /usr/bin/qemu-system-x86_64.");
    }
    List<NativeOption> options =
        NativeOption.all(words.subList(first + 1, words.size()), OptionTable::knows);
    ParsedCommandLine draft = ArgvParser.draft(words.get(first), options);
    List<String> reported = new ArrayList<>(draft.lost());
    boolean pass = unknown == Unknown.PASSED_ON;
    if (!pass) {
      reported.addAll(draft.unknown());
      variables.forEach((name, value) -> reported.add("the variable " + name));
    }
    if (!reported.isEmpty()) {
      throw unknown(reported, pass);
    }
    folder.ifPresent(start -> new AbsolutePaths(start).in(draft.domain()));
    ArgvParser.passOn(draft, variables);
    List<String> passedOn = new ArrayList<>(draft.unknown());
    variables.forEach((name, value) -> passedOn.add(name + "=" + value));
    return new NativeDefinition(DomainXml.read(draft.domain().toString()), passedOn);
  }

  private static void check(List<String> words) {
    if (words.size() > MAX_WORDS) {
      throw ArgvRefusal.of(
          "A command line has at most " + MAX_WORDS + " words; this one has " + words.size() + ".");
    }
    for (String word : words) {
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
        if (control || Character.isSurrogate(c) && !paired(word, i) || c >= '\uFFFE') {
          throw ArgvRefusal.of(
              "The word '%s' has the character U+%04X in it, which no definition can have."
                  .formatted(ArgvRefusal.shortened(word.substring(0, i)), (int) c));
        }
      }
    }
  }

  private static boolean paired(String word, int at) {
    return Character.isHighSurrogate(word.charAt(at))
        ? at + 1 < word.length() && Character.isLowSurrogate(word.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(word.charAt(at - 1));
  }

  private static ProblemException unknown(List<String> reported, boolean passed) {
    String advice =
        passed
            ? "cannot be passed on by themselves; remove them."
            : "are not known to this driver; remove them or have them passed on.";
    List<Problem.Fault> faults =
        reported.stream()
            .distinct()
            .map(
                each ->
                    new Problem.Fault(
                        ErrorCode.UNSUPPORTED_ELEMENT,
                        "",
                        0,
                        0,
                        ArgvRefusal.shortened(each)
                            + (passed
                                ? " cannot be passed on by itself."
                                : " is not known to this driver.")
                            + (each.contains("hostfwd=") ? FORWARDS : "")))
            .toList();
    return new ProblemException(
        ErrorCode.UNSUPPORTED_ELEMENT, "Parts of the command line " + advice, faults);
  }
}
