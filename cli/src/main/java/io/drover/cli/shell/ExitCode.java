package io.drover.cli.shell;

import java.util.Locale;

/** What the exit status of {@code drover} says; scripts branch on it. Never renumbered. */
public enum ExitCode {
  OK(0, "done as asked"),
  FAILED(1, "the operation failed, or something failed that has no number of its own"),
  USAGE(2, "the command line is wrong, or a file cannot be read"),
  NOT_AUTHENTICATED(3, "there is no valid login; run drover login"),
  FORBIDDEN(4, "the login may not do this"),
  NOT_FOUND(5, "there is nothing of this name or id"),
  CONFLICT(6, "the present state does not allow it: name taken, in use, changed meanwhile"),
  UNAVAILABLE(7, "the server does not answer or cannot serve now; try again"),
  REFUSED(8, "the request or the definition was read and refused"),
  EXHAUSTED(9, "a quota or a rate limit is reached"),
  TIMED_OUT(10, "the wait ended before the operation did; it continues");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** One line for the help text. */
  public String meaning() {
    return meaning;
  }

  /** The exit code for a problem that the server answered with this HTTP status and code. */
  public static ExitCode ofProblem(int status, String code) {
    if (code.equals("QUOTA_EXCEEDED") || code.equals("NO_VALID_HOST")) {
      return EXHAUSTED;
    }
    return switch (status) {
      case 400, 413, 415, 422 -> REFUSED;
      case 401 -> NOT_AUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 429 -> EXHAUSTED;
      case 502, 503, 504 -> UNAVAILABLE;
      default -> FAILED;
    };
  }

  /** As in {@code not authenticated}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
