package io.drover.agent.event;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.VolumeFailed;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from what members of a project read the places of this host: a volume's file becomes its
 * volume, of another path only the last name stays, and an option that QEMU repeats is left out.
 * The full text is for this host's log, thus for operators.
 */
public final class HostPaths {
  /** An option's value as the plan has made it: a JSON object within one line. */
  private static final Pattern OPTION = Pattern.compile("\\{\"[^\\n]*\\}");

  /** From quote to quote, as the driver writes paths and QEMU file names. */
  private static final Pattern QUOTED = Pattern.compile("'(/[^'\\n]+)'|\"(/[^\"\\n]+)\"");

  /**
   * An absolute path without blanks. A slash within a word or an address begins none, and places in
   * a definition and in an API are the tenant's.
   */
  private static final Pattern BARE =
      Pattern.compile("(?<![\\w./:*\\]-])/(?!domain\\b|v1\\b)[\\w.@+~-]+(?:/[\\w.@+~=-]*)*");

  private static final Pattern VOLUME =
      Pattern.compile("/volumes/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private static final Pattern OF_DEFINITION = Pattern.compile("/(domain|v1)(/.*)?");

  private HostPaths() {}

  /** The event as members of its project may read it. */
  public static Event hiddenIn(Event event) {
    if (event instanceof DomainFailed failed) {
      return new DomainFailed(hiddenIn(failed.problem()), failed.step(), failed.running());
    }
    if (event instanceof VolumeFailed failed) {
      return new VolumeFailed(hiddenIn(failed.problem()), failed.step());
    }
    if (event instanceof OperationFailed failed) {
      return new OperationFailed(failed.operation(), hiddenIn(failed.problem()), failed.running());
    }
    if (event instanceof DomainStopped stopped) {
      return new DomainStopped(stopped.hostId(), stopped.reason(), hiddenIn(stopped.detail()));
    }
    return event;
  }

  private static Problem hiddenIn(Problem problem) {
    List<Problem.Fault> faults =
        problem.errors().stream()
            .map(
                each ->
                    new Problem.Fault(
                        each.code(),
                        each.path(),
                        each.line(),
                        each.column(),
                        hiddenIn(each.detail())))
            .toList();
    return new Problem(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.code(),
        problem.number(),
        hiddenIn(problem.detail()),
        faults,
        problem.traceId());
  }

  static String hiddenIn(String text) {
    String plain = OPTION.matcher(text).replaceAll("(an option of QEMU)");
    String unquoted = QUOTED.matcher(plain).replaceAll(HostPaths::quoted);
    return BARE.matcher(unquoted).replaceAll(found -> literal(shown(found.group())));
  }

  private static String quoted(MatchResult found) {
    String path = found.group(1) == null ? found.group(2) : found.group(1);
    if (OF_DEFINITION.matcher(path).matches()) {
      return literal(found.group());
    }
    String shown = shown(path);
    return literal(shown.startsWith("volume ") ? shown : "'" + shown + "'");
  }

  private static String shown(String path) {
    Matcher volume = VOLUME.matcher(path);
    if (volume.find()) {
      return "volume " + volume.group(1);
    }
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return ".../" + whole.substring(whole.lastIndexOf('/') + 1);
  }

  private static String literal(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}
