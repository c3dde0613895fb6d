/** Disks and directories: the block nodes of their images and the devices that the guest sees. */
@NullMarked
package io.drover.definition.argv.storage;

import org.jspecify.annotations.NullMarked;
