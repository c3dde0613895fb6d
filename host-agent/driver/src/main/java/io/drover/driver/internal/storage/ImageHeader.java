package io.drover.driver.internal.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the beginning of an image says of other files. Pure: bytes in, and whatever they are, an
 * answer or {@link MalformedImage} out; they may be a guest's.
 *
 * @param format libvirt's word for what the bytes look like; raw for anything else
 * @param backing the image below, as it is named
 * @param backingFormat its format; empty where it is not said
 * @param dataFile whether the content is in another file, which the image names
 * @param encrypted whether a key is needed
 */
record ImageHeader(
    String format,
    Optional<String> backing,
    Optional<String> backingFormat,
    boolean dataFile,
    boolean encrypted) {
  private static final int MAX_NAME = 1023;
  private static final int BACKING_FORMAT = 0xe2792aca;
  private static final int QCOW2_V2_HEADER = 72;
  private static final int QCOW2_DATA_FILE = 1 << 2;
  private static final int QED_BACKING = 1;
  private static final int QED_RAW_BACKING = 1 << 2;
  private static final int SECTOR = 512;
  private static final int VDI_MAGIC_AT = 64;
  private static final long VDI_MAGIC = 0xbeda107fL;
  private static final String VMDK_TEXT = "# Disk DescriptorFile";
  private static final Pattern VMDK_PARENT =
      Pattern.compile("(?m)^[ \\t]*parentFileNameHint[ \\t]*=[ \\t]*\"([^\"\\n]{1,1023})\"");
  private static final Pattern VMDK_EXTENT =
      Pattern.compile("(?m)^[ \\t]*(RW|RDONLY|NOACCESS)[ \\t]+\\d+[ \\t]+(?!ZERO)\\w");

  /**
   * Reads it.
   *
   * @param start of the image: its first {@link HeaderBytes#NEEDED} bytes, or all of a shorter one
   * @param format what the image is said to be; empty to go by the bytes
   */
  static ImageHeader of(HeaderBytes start, Optional<String> format) {
    String found = look(start);
    String wanted = format.orElse(found);
    return switch (wanted) {
      case "qcow2" -> required(found, wanted, () -> qcow2(start));
      case "qcow" -> required(found, wanted, () -> qcow(start));
      case "qed" -> required(found, wanted, () -> qed(start));
      case "vmdk" -> required(found, wanted, () -> vmdk(start));
      default -> plain(wanted, found.equals("luks"));
    };
  }

  private static ImageHeader plain(String format, boolean encrypted) {
    return new ImageHeader(format, Optional.empty(), Optional.empty(), false, encrypted);
  }

  private static ImageHeader required(
      String found, String wanted, java.util.function.Supplier<ImageHeader> reading) {
    if (!found.equals(wanted)) {
      throw new MalformedImage("it is no image of the format " + wanted);
    }
    return reading.get();
  }

  private static String look(HeaderBytes start) {
    if (start.startsWith("QFI\u00fb")) {
      return start.u32(4) == 1 ? "qcow" : "qcow2";
    }
    if (start.startsWith("QED\0")) {
      return "qed";
    }
    if (start.startsWith("KDMV") || start.startsWith("COWD") || start.startsWith(VMDK_TEXT)) {
      return "vmdk";
    }
    if (start.startsWith("LUKS\u00ba\u00be")) {
      return "luks";
    }
    if (start.startsWith("conectix")) {
      return "vpc";
    }
    boolean vdi = start.has(VDI_MAGIC_AT, 4) && start.u32Little(VDI_MAGIC_AT) == VDI_MAGIC;
    return vdi ? "vdi" : "raw";
  }

  private static ImageHeader qcow2(HeaderBytes start) {
    boolean old = start.u32(4) < 3;
    Optional<String> backing = name(start, start.u64(8), start.u32(16));
    boolean data = !old && (start.u64(72) & QCOW2_DATA_FILE) != 0;
    long at = old ? QCOW2_V2_HEADER : start.u32(100);
    long end = backing.isPresent() ? start.u64(8) : start.size();
    Optional<String> format = Optional.empty();
    while (at + 8 <= end && start.u32(at) != 0) {
      long length = start.u32(at + 4);
      if ((int) start.u32(at) == BACKING_FORMAT && backing.isPresent()) {
        format = Optional.of(text(start, at + 8, length));
      }
      at += 8 + ((length + 7) & ~7L);
    }
    return new ImageHeader("qcow2", backing, format, data, start.u32(32) != 0);
  }

  private static ImageHeader qcow(HeaderBytes start) {
    Optional<String> backing = name(start, start.u64(8), start.u32(16));
    return new ImageHeader("qcow", backing, Optional.empty(), false, start.u32(36) != 0);
  }

  private static ImageHeader qed(HeaderBytes start) {
    long features = start.u64Little(16);
    Optional<String> backing =
        (features & QED_BACKING) == 0
            ? Optional.empty()
            : name(start, start.u32Little(56), start.u32Little(60));
    Optional<String> format =
        (features & QED_RAW_BACKING) == 0 ? Optional.empty() : Optional.of("raw");
    return new ImageHeader("qed", backing, format, false, false);
  }

  /**
   * Its descriptor is a text: the whole file, or a part of it. One that stands alone names data.
   */
  private static ImageHeader vmdk(HeaderBytes start) {
    boolean text = start.startsWith(VMDK_TEXT);
    boolean sparse = start.startsWith("KDMV");
    boolean alone = text || sparse && start.u64Little(12) == 0;
    String descriptor = "";
    if (text) {
      descriptor = start.ascii(0, start.size());
    } else if (sparse && start.u64Little(28) != 0) {
      long at = Math.multiplyExact(start.u64Little(28) & 0xffff_ffffL, SECTOR);
      descriptor = start.ascii(at, Math.min(start.size() - at, 20L * SECTOR));
    }
    Matcher parent = VMDK_PARENT.matcher(descriptor);
    Optional<String> backing = parent.find() ? Optional.of(parent.group(1)) : Optional.empty();
    boolean data = alone && VMDK_EXTENT.matcher(descriptor).find();
    return new ImageHeader("vmdk", backing, backing.map(found -> "vmdk"), data, false);
  }

  private static Optional<String> name(HeaderBytes start, long at, long length) {
    if (at == 0 || length == 0) {
      return Optional.empty();
    }
    if (length > MAX_NAME) {
      throw new MalformedImage("the name of its backing file has more than 1023 bytes");
    }
    return Optional.of(text(start, at, length));
  }

  private static String text(HeaderBytes start, long at, long length) {
    if (length > MAX_NAME) {
      throw new MalformedImage("a name in its header has more than 1023 bytes");
    }
    String text = new String(start.bytes(at, (int) length), StandardCharsets.UTF_8);
    return text.endsWith("\0") ? text.substring(0, text.indexOf('\0')) : text;
  }
}
