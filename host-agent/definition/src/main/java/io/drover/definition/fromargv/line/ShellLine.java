package io.drover.definition.fromargv.line;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * A command as a shell reads it: quotes, backslashes and continued lines. What a shell would work
 * out or run is refused; of commands that are joined by {@code &&} the last one counts.
 */
public final class ShellLine {
  private static final String SPECIAL = "$`|;&<>(){}*?~#!";

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean open;
  private int at;

  private ShellLine(String text) {
    this.text = text;
  }

  /**
   * The words of the last command.
   *
   * @throws ProblemException {@code INVALID_REQUEST} when a quote is not closed, or a character has
   *     a meaning for the shell
   */
  public static List<String> words(String text) {
    ShellLine line = new ShellLine(text);
    line.read();
    return line.words;
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        end();
        at++;
      } else if (c == '\'') {
        single();
      } else if (c == '"') {
        twice();
      } else if (c == '\\') {
        escaped();
      } else if (text.startsWith("&&", at)) {
        end();
        words.clear();
        at += 2;
      } else {
        plain(c);
      }
    }
    end();
  }

  private void plain(char c) {
    boolean inside = open && (c == '#' || c == '!' || c == '~' || c == '{' || c == '}');
    if (SPECIAL.indexOf(c) >= 0 && !inside) {
      throw refused("The character " + c + " at " + at + " is for a shell; quote it.");
    }
    word.append(c);
    open = true;
    at++;
  }

  private void end() {
    if (open) {
      words.add(word.toString());
      word.setLength(0);
      open = false;
    }
  }

  private void single() {
    int close = text.indexOf('\'', at + 1);
    if (close < 0) {
      throw refused("The quote at " + at + " is not closed.");
    }
    word.append(text, at + 1, close);
    open = true;
    at = close + 1;
  }

  private void twice() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '$' || c == '`') {
        throw refused("The character " + c + " at " + at + " is for a shell; quote it.");
      }
      if (c == '\\' && at + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        c = text.charAt(at);
        if (c == '\n') {
          at++;
          continue;
        }
      }
      word.append(c);
      at++;
    }
    if (at == text.length()) {
      throw refused("The quote at " + start + " is not closed.");
    }
    open = true;
    at++;
  }

  private void escaped() {
    if (at + 1 == text.length()) {
      throw refused("The line ends with a backslash.");
    }
    char next = text.charAt(at + 1);
    if (next != '\n') {
      word.append(next);
      open = true;
    }
    at += 2;
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }
}
