/** Images, the block nodes over them, and disks. */
@NullMarked
package io.drover.driver.nativeform.storage;

import org.jspecify.annotations.NullMarked;
