package io.drover.definition.argv.storage;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** QEMU's names of the formats of images. */
public final class DiskFormats {
  private static final Map<String, String> OTHERS =
      Map.of("vhd", "vhdx", "ploop", "parallels", "fat", "raw", "iso", "raw");

  private static final Set<String> LAYERED = Set.of("qcow", "qcow2", "qed", "vmdk");

  private DiskFormats() {}

  /** Whether images of the format may have others below them. */
  public static boolean layered(@Nullable String format) {
    return format != null && LAYERED.contains(format);
  }

  /**
   * QEMU's block driver.
   *
   * @param format libvirt's word; null for raw
   */
  public static String driver(@Nullable String format) {
    return format == null ? "raw" : OTHERS.getOrDefault(format, format);
  }
}
