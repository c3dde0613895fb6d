package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets, which a command line only refers to. */
public final class ReferredSecrets {
  private static final Pattern NAMED =
      Pattern.compile(".*secret-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private ReferredSecrets() {}

  /** Says which secret it is: by the id that its file is named by, else by the object's name. */
  public static void reference(ParsedCommandLine draft, String object, MutableElement secret) {
    Values values = draft.backends().use("-object", object);
    String file = values == null ? null : values.peek("file");
    if (values != null) {
      values.takeLeft(); // sealed with a key that is gone
    }
    Matcher id = NAMED.matcher(file == null ? "" : file);
    if (id.matches()) {
      secret.with("uuid", id.group(1));
    } else {
      secret.with("usage", object);
    }
  }
}
