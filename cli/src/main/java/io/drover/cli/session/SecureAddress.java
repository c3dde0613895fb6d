package io.drover.cli.session;

import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that tokens and passwords may be sent to: https, or http that stays on this machine.
 */
public final class SecureAddress {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private SecureAddress() {}

  /**
   * Reads an address, without a slash at its end.
   *
   * @param what names the address in the message, as in {@code server}
   * @throws CliFailure {@code USAGE} for what is no URL or would send secrets in clear text
   */
  public static URI parse(String what, String text) {
    String trimmed = text.strip().replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(trimmed);
    } catch (IllegalArgumentException e) {
      throw refused(what, text, "is not a URL");
    }
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      throw refused(what, text, "is not a URL of a host");
    }
    boolean secure =
        "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback(uri));
    if (!secure) {
      throw refused(what, text, "would send the login in clear text");
    }
    return uri;
  }

  /** Whether the address is on this machine. */
  public static boolean loopback(URI uri) {
    @Nullable String host = uri.getHost();
    return host != null && LOOPBACK.contains(host);
  }

  private static CliFailure refused(String what, String text, String why) {
    return new CliFailure(
        ExitCode.USAGE,
        "The " + what + " address \"" + text + "\" " + why + ".",
        "Give an https URL; http is taken for addresses of this machine alone.");
  }
}
