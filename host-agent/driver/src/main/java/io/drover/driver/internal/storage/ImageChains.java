package io.drover.driver.internal.storage;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.storage.DiskFormats;
import io.drover.driver.internal.folder.HostFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images below those of disks and ends each chain, so that QEMU opens no file that is not
 * named on its command line: what a header says of other files may be a guest's word. Thread-safe;
 * reads the beginnings of images, and nothing through QEMU's tools.
 */
public final class ImageChains {
  private static final int MAX_LENGTH = 200;
  private static final Set<String> KNOWN =
      Set.of("raw", "bochs", "cloop", "dmg", "vpc", "vdi", "qcow", "qcow2", "qed", "vmdk");
  private final HostFileAccess access;

  public ImageChains(HostFileAccess access) {
    this.access = access;
  }

  /**
   * The definition with all images of its disks.
   *
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} names what is not there or out of reach,
   *     {@code INVALID_DEFINITION} what cannot be told of a chain
   */
  public DomainDefinition whole(DomainDefinition definition) {
    return definition.withEach(Disk.class, this::whole);
  }

  private Disk whole(Disk disk) {
    DiskImage image = disk.image();
    return image == null ? disk : disk.withImage(whole(disk, image));
  }

  /** The image, which is or will be the disk's, with all below it. */
  public DiskImage whole(Disk disk, DiskImage image) {
    return new Chain("Disk '" + disk.target().dev() + "'").whole(image);
  }

  /** One walk from the top to the end. */
  private final class Chain {
    private final String what;
    private final List<Path> above = new ArrayList<>();

    Chain(String what) {
      this.what = what;
    }

    DiskImage whole(DiskImage image) {
      DiskSource source = image.source();
      if (source == null) {
        return image;
      }
      Optional<Path> file = file(source);
      boolean layered = DiskFormats.layered(image.format());
      if (file.isPresent()) {
        access.require(what, file.get());
        enter(file.get());
        return layered ? withBelow(image, file.get()) : given(image, image.backing());
      }
      if (layered && image.backing() == null && !(source instanceof DiskSource.File)) {
        throw refused(
            "what is below an image of the format "
                + image.format()
                + " that is not a file of this host is not looked for",
            "end its chain by <backingStore/>, or name the image below it in <backingStore>");
      }
      return given(image, image.backing());
    }

    /** A chain that leads back to itself would have no end. */
    private void enter(Path file) {
      if (above.contains(file) || above.size() >= MAX_LENGTH) {
        throw refused(
            "its chain of images does not end: '" + file + "' is reached again or too late",
            "mend the backing files (qemu-img rebase -u)");
      }
      above.add(file);
    }

    private DiskImage given(DiskImage image, @Nullable DiskImage below) {
      return below == null || below.source() == null ? image : image.withBacking(whole(below));
    }

    private DiskImage withBelow(DiskImage image, Path file) {
      DiskImage.Slice slice = image.slice();
      ImageHeader header =
          header(file, slice == null ? 0 : slice.offset(), Optional.ofNullable(image.format()));
      if (header.dataFile()) {
        throw refused(
            "the image '"
                + file
                + "' keeps its data in another file, which the definition does not name",
            "make one file of it (qemu-img convert)");
      }
      if (above.size() > 1 && header.encrypted() && image.encryption() == null) {
        throw refused(
            "the image '" + file + "' is encrypted, and no key is named for it",
            "name it in <backingStore> with its <encryption>");
      }
      DiskImage below = image.backing();
      if (below != null) {
        return given(image, below);
      }
      return image.withBacking(
          header.backing().isEmpty()
              ? DiskImage.END
              : whole(found(file, header.backing().get(), header.backingFormat())));
    }

    private DiskImage found(Path image, String name, Optional<String> format) {
      Path file =
          BackingName.of(name, image)
              .orElseThrow(
                  () ->
                      refused(
                          "the image '"
                              + image
                              + "' has a backing file that is no file of this host: '"
                              + name
                              + "'",
                          "name it in <backingStore>"));
      access.require(what + ", whose image '" + image + "' has this one below it", file);
      DiskSource source =
          Files.isRegularFile(file)
              ? new DiskSource.File(file.toString(), null)
              : new DiskSource.Block(file.toString());
      return DiskImage.of(
          source, format.map(word -> known(image, word)).orElseGet(() -> looked(image, file)));
    }

    private String known(Path image, String word) {
      String format = word.equals("host_device") || word.equals("file") ? "raw" : word;
      if (!KNOWN.contains(format)) {
        throw refused(
            "the image '" + image + "' says that its backing file has the format '" + word + "'",
            "state one that is known here (qemu-img rebase -u -F FORMAT)");
      }
      return format;
    }

    /** An unnamed format does no harm where the file leads to no other one. */
    private String looked(Path image, Path file) {
      ImageHeader header = header(file, 0, Optional.empty());
      if (header.backing().isPresent() || header.dataFile() || header.encrypted()) {
        throw refused(
            "the image '"
                + image
                + "' does not say in what format its backing file '"
                + file
                + "' is, and that one looks like an image of the format "
                + header.format()
                + (header.encrypted() ? ", encrypted" : " with a file below it")
                + ", which a guest may have written",
            "state the format by `qemu-img rebase -u -F FORMAT -b '"
                + file
                + "' '"
                + image
                + "'`, or by a <backingStore> with <format>");
      }
      return header.format();
    }

    private ImageHeader header(Path file, long from, Optional<String> format) {
      try {
        return ImageHeader.of(HeaderBytes.read(file, from), format);
      } catch (MalformedImage e) {
        throw refused(
            "the image '"
                + file
                + "' cannot be read as "
                + format.orElse("any")
                + ": "
                + e.getMessage(),
            "state its format rightly in <driver> or <format>, or check the image (qemu-img check)");
      } catch (IOException e) {
        throw new ProblemException(
            ErrorCode.STORAGE_FAILED,
            what
                + ": the image '"
                + file
                + "' cannot be read by this program: "
                + e.getMessage()
                + "; check its rights and the file system.",
            e);
      }
    }

    private ProblemException refused(String reason, String remedy) {
      return new ProblemException(
          ErrorCode.INVALID_DEFINITION, what + ": " + reason + "; " + remedy + ".");
    }
  }

  private static Optional<Path> file(DiskSource source) {
    if (source instanceof DiskSource.File file) {
      return file.fdGroup() == null ? Optional.of(Path.of(file.path())) : Optional.empty();
    }
    return source instanceof DiskSource.Block block
        ? Optional.of(Path.of(block.path()))
        : Optional.empty();
  }
}
