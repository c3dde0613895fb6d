package io.drover.agent.host;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides which addresses of other parts are safe to send credentials and keys to. */
public final class PeerUrls {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private PeerUrls() {}

  /** Passes https, and http on loopback; anything else is refused. */
  public static void requireSafe(String variable, URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    boolean safe =
        !host.isEmpty()
            && url.getUserInfo() == null
            && (scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(host).matches()));
    if (!safe) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          variable
              + " is "
              + scheme
              + "://"
              + host
              + "; disk keys and credentials travel there, so give an https address (plain http is"
              + " taken on loopback alone).");
    }
  }
}
