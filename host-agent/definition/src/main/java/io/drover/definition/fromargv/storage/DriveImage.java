package io.drover.definition.fromargv.storage;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The image of a drive, as {@code -drive} and the short options name it. */
public final class DriveImage {
  private static final Map<String, String> FORMATS =
      Map.of("qcow2", "qcow2", "qcow", "qcow", "vmdk", "vmdk", "vdi", "vdi", "vhd", "vpc");

  /** What QEMU takes for a protocol and not for a file. */
  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  private DriveImage() {}

  /** The whole value is the file. */
  public static void whole(MutableElement disk, Values values) {
    String path = values.take("", "");
    if (PROTOCOL.matcher(path).lookingAt()) {
      values.keep("", path);
    } else {
      file(disk, path, null);
    }
  }

  /** QEMU would look at the image; here the ending of its name tells the format. */
  private static void file(MutableElement disk, String path, @Nullable String format) {
    if (path.isEmpty()) {
      return;
    }
    boolean block = path.startsWith("/dev/");
    disk.with("type", block ? "block" : "file");
    disk.part("source").with(block ? "dev" : "file", path);
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    disk.part("driver")
        .with("name", "qemu")
        .with("type", format == null ? FORMATS.getOrDefault(ending, "raw") : format);
  }

  /** The image of a drive. */
  public static void image(
      ParsedCommandLine draft, MutableElement disk, MutableElement form, Values drive) {
    drive.take("if");
    String path = drive.take("file", "");
    String format = drive.take("format");
    if (path.isEmpty() && drive.hasInside("file")) {
      BlockSources.read(draft, disk, disk.part("source"), drive.inside("file"));
      form.with("type", format == null ? "raw" : format);
    } else if (path.startsWith("fat:/")) {
      disk.with("type", "dir").part("source").with("dir", path.substring("fat:".length()));
      form.with("type", "fat");
    } else if (PROTOCOL.matcher(path).lookingAt()) {
      drive.keep("file", path);
    } else {
      file(disk, path, format);
    }
    String reading = drive.take("rerror");
    String writing = drive.take("werror");
    form.with("cache", drive.take("cache"))
        .with("io", drive.take("aio"))
        .with("discard", drive.take("discard"))
        .with("detect_zeroes", drive.take("detect-zeroes"))
        .with("copy_on_read", drive.takeOnOff("copy-on-read"))
        .with("error_policy", "enospc".equals(writing) ? "enospace" : writing)
        .with("rerror_policy", reading == null || reading.equals(writing) ? null : reading);
    if (drive.takeOn("readonly") || drive.takeOn("read-only")) {
      disk.add("readonly");
    }
  }
}
