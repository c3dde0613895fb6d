package io.drover.driver.internal.folder;

import io.drover.driver.internal.resource.ResourcePlan;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that QEMU opens and its user must own.
 *
 * @param files a folder leads the files in it
 */
public record OwnershipPlan(List<Path> files) implements ResourcePlan {
  public OwnershipPlan {
    files = List.copyOf(files);
  }
}
