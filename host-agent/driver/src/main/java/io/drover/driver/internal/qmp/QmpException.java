package io.drover.driver.internal.qmp;

/** Why a command got no result. The permitted classes say what the caller may conclude. */
public abstract sealed class QmpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private QmpException(String message) {
    super(message);
  }

  /** QEMU answered with an error: the command had no effect. */
  public static final class Refused extends QmpException {
    private static final long serialVersionUID = 1L;
    private final String command;
    private final String errorClass;

    Refused(String command, String errorClass, String description) {
      super("QEMU refused " + command + ": " + description);
      this.command = command;
      this.errorClass = errorClass;
    }

    public String command() {
      return command;
    }

    /** As {@code GenericError} or {@code CommandNotFound}; the description is for people only. */
    public String errorClass() {
      return errorClass;
    }
  }

  /** No answer came in time: the command may still take effect, so it must not be repeated. */
  public static final class TimedOut extends QmpException {
    private static final long serialVersionUID = 1L;

    TimedOut(String what) {
      super(what);
    }
  }

  /** The connection has ended: whether the command took effect is unknown. */
  public static final class Disconnected extends QmpException {
    private static final long serialVersionUID = 1L;

    Disconnected(String what) {
      super(what);
    }
  }

  /** The other side does not speak QMP; the connection is closed. */
  public static final class Malformed extends QmpException {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what);
    }
  }

  /** A listener got more events than it has room for, so that some are lost to it. */
  public static final class Overflowed extends QmpException {
    private static final long serialVersionUID = 1L;

    Overflowed(int capacity) {
      super("More than " + capacity + " events arrived faster than the listener received them");
    }
  }
}
