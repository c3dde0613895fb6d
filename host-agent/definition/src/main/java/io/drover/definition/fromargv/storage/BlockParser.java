package io.drover.definition.fromargv.storage;

import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.draft.ReferredSecrets;
import io.drover.definition.fromargv.draft.ReservationHelpers;
import io.drover.definition.fromargv.line.Values;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Images: format nodes over storage nodes, and the chains that they make. */
public final class BlockParser {
  private static final Set<String> STORAGE =
      Set.of(
          "file",
          "host_device",
          "host_cdrom",
          "vvfat",
          "nvme",
          "nbd",
          "rbd",
          "iscsi",
          "http",
          "https",
          "ftp",
          "ftps",
          "gluster",
          "ssh",
          "nfs");
  private static final Map<String, String> FORMATS =
      Map.of("vhdx", "vhd", "parallels", "ploop", "luks", "raw");

  private BlockParser() {}

  /** What the nodes of a disk's own image say of the disk. */
  record Settings(
      boolean readonly,
      @Nullable String discard,
      @Nullable String detectZeroes,
      @Nullable Boolean direct,
      @Nullable Boolean unsafe,
      @Nullable String aio) {
    /** Whether both are set, for which libvirt has no word. */
    boolean bothCacheFlags() {
      return Boolean.TRUE.equals(direct) && Boolean.TRUE.equals(unsafe);
    }
  }

  /** Reads the image of a disk into it; null when there is no such node. */
  static @Nullable Settings disk(ParsedCommandLine draft, MutableElement disk, String node) {
    Values format = draft.backends().use("-blockdev", node);
    if (format != null && format.is("driver", "copy-on-read")) {
      format.take("driver");
      format.take("discard");
      disk.part("driver").with("copy_on_read", "on");
      format = draft.backends().use("-blockdev", format.take("file"));
    }
    if (format == null) {
      return null;
    }
    boolean bare = STORAGE.contains(String.valueOf(format.peek("driver")));
    return new Reader(draft, disk, disk.part("driver")).read(format, bare);
  }

  /** The file of an image that is nothing else. */
  public static String fileOf(ParsedCommandLine draft, Values format) {
    format.take("driver");
    Values storage = storage(draft, format);
    if (storage == null) {
      return "";
    }
    settled(storage);
    if (storage.is("driver", "file")) {
      storage.take("driver");
    }
    return storage.take("filename", "");
  }

  /** Where the firmware's variables are. */
  public static void nvram(ParsedCommandLine draft, MutableElement nvram, Values format) {
    format.take("driver");
    Values storage = storage(draft, format);
    if (storage == null) {
      return;
    }
    settled(storage);
    if (storage.is("driver", "file")) {
      storage.take("driver");
      nvram.holding(storage.take("filename", ""));
    } else {
      BlockSources.read(draft, nvram, nvram.add("source"), storage);
    }
  }

  /** The node below a format: by its name, or written into it. */
  private static @Nullable Values storage(ParsedCommandLine draft, Values format) {
    String name = format.take("file");
    if (name != null) {
      return draft.backends().use("-blockdev", name);
    }
    return format.hasInside("file") ? format.inside("file") : null;
  }

  private static void settled(Values storage) {
    storage.take("auto-read-only");
    storage.take("discard");
    storage.take("node-name");
  }

  private record Reader(ParsedCommandLine draft, MutableElement owner, MutableElement format) {
    Settings read(Values top, boolean bare) {
      String driver = bare ? "raw" : top.take("driver", "raw");
      boolean readonly = top.takeOn("read-only");
      String discard = bare ? null : top.take("discard");
      String zeroes = top.take("detect-zeroes");
      Values storage = bare ? top : storage(draft, top);
      MutableElement source = owner.part("source");
      Boolean direct = null;
      Boolean unsafe = null;
      String aio = null;
      if (storage != null) {
        Values below = slice(source, top, storage);
        direct = flag(below.take("cache.direct"));
        unsafe = flag(below.take("cache.no-flush"));
        top.take("cache.direct");
        top.take("cache.no-flush");
        settled(below);
        aio = below.take("aio");
        ReservationHelpers.read(draft, source, below.take("pr-manager"));
        ofServer(source, below);
        boolean fat = below.is("driver", "vvfat");
        BlockSources.read(draft, owner, source, below);
        format.with("type", fat ? "fat" : FORMATS.getOrDefault(driver, driver));
      }
      encryption(source, top, driver);
      String cache = top.take("cache-size");
      if (cache != null) {
        format.add("metadata_cache").add("max_size").with("unit", "bytes").holding(cache);
      }
      backing(top);
      return new Settings(readonly, discard, zeroes, direct, unsafe, aio);
    }

    private Values slice(MutableElement source, Values top, Values storage) {
      Values sliced = top;
      Values below = storage;
      if (storage.is("driver", "raw")) {
        sliced = storage;
        storage.take("driver");
        storage.take("cache.direct");
        storage.take("cache.no-flush");
        settled(storage);
        Values deeper = BlockParser.storage(draft, storage);
        below = deeper == null ? storage : deeper;
      }
      String offset = sliced.take("offset");
      String size = sliced.take("size");
      if (offset != null || size != null) {
        source
            .add("slices")
            .add("slice")
            .with("type", "storage")
            .with("offset", offset == null ? "0" : offset)
            .with("size", size);
      }
      return below;
    }

    private void encryption(MutableElement source, Values top, String driver) {
      String secret = driver.equals("luks") ? top.take("key-secret") : null;
      if (secret == null && top.has("encrypt.key-secret")) {
        top.take("encrypt.format");
        secret = top.take("encrypt.key-secret");
      }
      if (secret != null) {
        ReferredSecrets.reference(
            draft,
            secret,
            source
                .add("encryption")
                .with("format", "luks")
                .add("secret")
                .with("type", "passphrase"));
      }
    }

    /** Encryption that the server's library sees to. */
    private void ofServer(MutableElement source, Values below) {
      String secret = below.take("encrypt.key-secret");
      if (secret != null) {
        MutableElement encryption =
            source
                .add("encryption")
                .with("format", below.take("encrypt.format"))
                .with("engine", "librbd");
        ReferredSecrets.reference(
            draft, secret, encryption.add("secret").with("type", "passphrase"));
      }
    }

    private void backing(Values top) {
      String below = top.take("backing");
      if (below == null) {
        return;
      }
      MutableElement store = owner.add("backingStore");
      Values image = below.equals("null") ? null : draft.backends().use("-blockdev", below);
      if (image != null) {
        image.take("read-only");
        new Reader(draft, store, store.add("format")).read(image, false);
      }
    }

    private static @Nullable Boolean flag(@Nullable String value) {
      return value == null ? null : (Boolean) value.equals("on");
    }
  }
}
