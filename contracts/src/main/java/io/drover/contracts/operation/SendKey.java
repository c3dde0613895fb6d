package io.drover.contracts.operation;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presses keys of the guest's keyboard, all at once, and lets them go.
 *
 * @param keys 1 to 16 of QEMU's key codes ({@code QKeyCode}), as in {@code ctrl, alt, delete}
 * @param holdMillis how long they are held, in milliseconds, at most a minute; {@link
 *     #USUAL_HOLD_MILLIS} when it is null
 */
@JsonTypeName("send-key")
public record SendKey(List<String> keys, @Nullable Integer holdMillis)
    implements LiveOperation<Done> {
  /** QEMU's own. */
  public static final int USUAL_HOLD_MILLIS = 100;

  private static final int MAX_KEYS = 16;
  private static final int MAX_HOLD_MILLIS = 60_000;

  public SendKey {
    DiskTargets.require("keys", keys == null || keys.isEmpty() ? null : keys);
    if (keys.size() > MAX_KEYS) {
      throw new ProblemException(
          ErrorCode.LIMIT_EXCEEDED,
          "The member keys has " + keys.size() + " of at most " + MAX_KEYS + " keys.");
    }
    for (String key : keys) {
      if (key == null || !key.matches("[a-z0-9_]{1,32}")) {
        throw new ProblemException(
            ErrorCode.INVALID_REQUEST,
            "The key '" + key + "' is no key code of QEMU; give one such as ctrl, a or f1.");
      }
    }
    keys = List.copyOf(keys);
    holdMillis = holdMillis == null ? (Integer) USUAL_HOLD_MILLIS : holdMillis;
    if (holdMillis < 1 || holdMillis > MAX_HOLD_MILLIS) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The keys cannot be held for "
              + holdMillis
              + " ms; give 1 to "
              + MAX_HOLD_MILLIS
              + ", or leave it out.");
    }
  }

  @Override
  public JobClass jobClass() {
    return JobClass.MODIFY;
  }

  @Override
  public Class<Done> resultType() {
    return Done.class;
  }
}
