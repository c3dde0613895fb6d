/**
 * QMP, QEMU's monitor protocol, over Unix sockets: one reading thread for each connection, a
 * deadline for each command. Knows nothing of domains.
 */
@NullMarked
package io.drover.driver.internal.qmp;

import org.jspecify.annotations.NullMarked;
