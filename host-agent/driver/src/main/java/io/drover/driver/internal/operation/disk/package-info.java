/** Operations on the disks of a running machine. */
@NullMarked
package io.drover.driver.internal.operation.disk;

import org.jspecify.annotations.NullMarked;
