/** Images, the block nodes over them, and disks. */
@NullMarked
package io.drover.definition.fromargv.storage;

import org.jspecify.annotations.NullMarked;
