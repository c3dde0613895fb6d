package io.drover.contracts.definition.storage;

import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.definition.common.SecurityLabel;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes a disk's image and the chain below it. */
public final class DiskImageXml {
  private static final String[] FORMATS = {
    "raw", "bochs", "cloop", "dmg", "iso", "vpc", "vdi", "fat", "vhd", "ploop", "cow", "qcow",
    "qcow2", "qed", "vmdk", "aio"
  };

  private DiskImageXml() {}

  /** The image of {@code <disk>}, or null for an empty drive. */
  public static @Nullable DiskImage read(XmlElement disk, @Nullable XmlElement driver) {
    String type = type(disk);
    XmlElement source = disk.child("source");
    XmlElement backing = disk.child("backingStore");
    String format = driver == null ? null : format(driver);
    Long cache = driver == null ? null : cache(driver.child("metadata_cache"));
    XmlElement encryption = disk.child("encryption");
    XmlElement auth = disk.child("auth");
    if (source == null) {
      if (encryption != null || auth != null) {
        disk.invalid("<encryption> and <auth> need a <source>.");
      }
      return format == null && cache == null ? null : DiskImage.empty(format, cache);
    }
    if (auth != null && source.has("auth")) {
      disk.invalid("<auth> may be in <disk> or in <source>, not in both.");
    }
    if (encryption != null && source.has("encryption")) {
      disk.invalid("<encryption> may be in <disk> or in <source>, not in both.");
    }
    XmlElement inner = source.child("encryption");
    Encryption read = encryption != null ? encryption(encryption) : encryption(inner);
    DiskImage image = image(type, source, auth, format, read, cache, backing);
    return image.source() == null && format == null ? null : image;
  }

  /** Xen's old word for an image without a format is read as what it means. */
  private static @Nullable String format(XmlElement element) {
    if ("dir".equals(element.attribute("type"))) {
      element.invalid(
          "type",
          "'dir' is no format: a folder of the host is <disk type='dir'> with the format 'fat' and"
              + " <source dir='...'/>.");
      return null;
    }
    String format = element.values().word("type", FORMATS);
    return "aio".equals(format) ? "raw" : format;
  }

  private static String type(XmlElement element) {
    return element
        .values()
        .wordOr("type", "file", "file", "block", "dir", "volume", "network", "nvme", "vhostuser");
  }

  private static DiskImage image(
      String type,
      XmlElement source,
      @Nullable XmlElement auth,
      @Nullable String format,
      @Nullable Encryption encryption,
      @Nullable Long cache,
      @Nullable XmlElement backing) {
    Map<String, String> options = new LinkedHashMap<>();
    Integer index = source.values().integer("index", 0, 100_000);
    if (index != null) {
      options.put("index", index.toString());
    }
    String policy = source.values().word("startupPolicy", "mandatory", "requisite", "optional");
    if (policy != null) {
      options.put("startupPolicy", policy);
    }
    return new DiskImage(
        DiskSourceXml.read(type, source, auth),
        format,
        encryption,
        options,
        slice(source.child("slices")),
        cache,
        backing == null ? null : backing(backing),
        Reservations.read(source),
        SecurityLabel.ofFile(source));
  }

  private static DiskImage backing(XmlElement element) {
    if (!element.has("source")) {
      element.child("format");
      return DiskImage.END;
    }
    XmlElement format = element.child("format");
    if (format == null || format.values().text("type") == null) {
      element.invalid("<backingStore> needs <format type='...'/>; formats are not guessed.");
    }
    if (element.values().text("type") == null) {
      element.invalid("type", "<backingStore> with a <source> needs 'type', as in type='file'.");
    }
    DiskImage image = below(element);
    Integer index = element.values().integer("index", 0, 100_000);
    if (index == null) {
      return image;
    }
    Map<String, String> options = new LinkedHashMap<>(image.options());
    options.putIfAbsent("index", index.toString());
    return image.withOptions(options);
  }

  /** An image that has an element of its own: format, source and what is below it. */
  static DiskImage below(XmlElement element) {
    XmlElement source = element.child("source");
    XmlElement format = element.child("format");
    XmlElement below = element.child("backingStore");
    String type = type(element);
    if (source == null) {
      element.invalid("<" + element.name() + "> needs <source>.");
      return DiskImage.END;
    }
    return image(
        type,
        source,
        null,
        format == null ? null : format(format),
        encryption(source.child("encryption")),
        format == null ? null : cache(format.child("metadata_cache")),
        below);
  }

  private static @Nullable Encryption encryption(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    XmlValues values = element.values();
    String format = values.wordOr("format", "luks", "luks", "luks2", "qcow", "default");
    values.required("format");
    List<XmlElement> secrets = element.children("secret");
    for (XmlElement secret : secrets) {
      if (secret.values().text("type") == null) {
        secret.invalid("type", "A secret of <encryption> needs type='passphrase'.");
      }
      secret.values().word("type", "passphrase");
    }
    if (secrets.isEmpty()) {
      element.invalid("<encryption> needs a <secret>.");
    }
    return new Encryption(
        format,
        values.word("engine", "qemu", "librbd"),
        secrets.stream().map(SecretReference::read).toList());
  }

  /** libvirt knows slices of storage only; one of an image is another thing. */
  private static DiskImage.@Nullable Slice slice(@Nullable XmlElement slices) {
    XmlElement slice = slices == null ? null : slices.child("slice");
    if (slice == null) {
      return null;
    }
    slice.values().word("type", "storage");
    Long offset = slice.values().number("offset", 0, Long.MAX_VALUE);
    Long size = slice.values().number("size", 0, Long.MAX_VALUE);
    for (String needed : List.of("type", "offset", "size")) {
      if (slice.values().text(needed) == null) {
        slice.invalid(needed, "<slice> needs '" + needed + "'.");
      }
    }
    return new DiskImage.Slice(offset == null ? 0 : offset, size == null ? 0 : size);
  }

  private static @Nullable Long cache(@Nullable XmlElement element) {
    XmlElement size = element == null ? null : element.child("max_size");
    Long bytes = size == null ? null : Sizes.bytes(size, 0, "bytes");
    return bytes == null || bytes == 0 ? null : bytes; // zero says nothing
  }

  public static String type(@Nullable DiskImage image) {
    return image == null || image.source() == null ? "file" : DiskSourceXml.type(image.source());
  }

  public static void writeSource(DiskImage image, XmlWriter out) {
    DiskSource source = image.source();
    if (source == null) {
      return;
    }
    out.open("source");
    DiskSourceXml.writeAttributes(source, out);
    image.options().forEach(out::attribute);
    DiskSourceXml.writeChildren(source, out);
    out.part(
        image.slice(),
        slice ->
            out.open("slices")
                .open("slice")
                .attribute("type", "storage")
                .attribute("offset", slice.offset())
                .attribute("size", slice.size())
                .close()
                .close());
    out.part(image.reservations(), reservations -> reservations.write(out));
    image.labels().forEach(label -> label.write(out));
    out.part(image.encryption(), encryption -> write(encryption, out));
    out.close();
  }

  private static void write(Encryption encryption, XmlWriter out) {
    out.open("encryption")
        .attribute("format", encryption.format())
        .attribute("engine", encryption.engine());
    for (SecretReference secret : encryption.secrets()) {
      out.open("secret").attribute("type", "passphrase");
      secret.write(out);
      out.close();
    }
    out.close();
  }

  public static void writeBacking(DiskImage image, XmlWriter out) {
    out.open("backingStore");
    if (image.source() != null) {
      out.attribute("type", type(image));
      writeBelow(image, out);
    }
    out.close();
  }

  /** What {@link #below} reads. */
  static void writeBelow(DiskImage image, XmlWriter out) {
    if (image.format() != null || image.metadataCache() != null) {
      out.open("format").attribute("type", image.format());
      writeCache(image.metadataCache(), out);
      out.close();
    }
    writeSource(image, out);
    out.part(image.backing(), below -> writeBacking(below, out));
  }

  public static void writeCache(@Nullable Long bytes, XmlWriter out) {
    if (bytes != null) {
      out.open("metadata_cache")
          .open("max_size")
          .attribute("unit", "bytes")
          .closeWith(bytes)
          .close();
    }
  }
}
