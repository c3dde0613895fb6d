package io.drover.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Reads what a person named on the command line. */
public final class InputFile {
  private InputFile() {}

  /** The bytes of a file, or of standard input for {@code -}; at most {@code limit}. */
  public static byte[] read(Shell shell, String name, int limit) {
    try {
      byte[] content;
      if (name.equals("-")) {
        content = shell.in().readNBytes(limit + 1);
      } else {
        try (InputStream in = Files.newInputStream(shell.file(name))) {
          content = in.readNBytes(limit + 1);
        }
      }
      if (content.length > limit) {
        throw new CliFailure(
            ExitCode.REFUSED, name + " is larger than the " + limit + " bytes that are taken.");
      }
      return content;
    } catch (InvalidPathException e) {
      throw new CliFailure(
          ExitCode.USAGE,
          name + " is not a file name here: " + e.getReason() + ".",
          "A name beyond ASCII needs a UTF-8 locale, as in LC_ALL=C.UTF-8.");
    } catch (NoSuchFileException e) {
      throw new CliFailure(ExitCode.USAGE, "There is no file " + name + ".");
    } catch (AccessDeniedException e) {
      throw new CliFailure(ExitCode.USAGE, name + " cannot be read: permission denied.");
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, name + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /** Whether the first character that is no space opens a JSON object. */
  public static boolean looksLikeJson(byte[] content) {
    for (byte b : content) {
      if (!Character.isWhitespace(b)) {
        return b == '{';
      }
    }
    return false;
  }
}
