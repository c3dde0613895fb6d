package io.drover.driver.internal.folder;

import java.nio.file.Path;

/** A file and the user and group that owned it before QEMU's user did. */
public record OriginalOwner(Path file, long uid, long gid) {}
