/** The only place that starts processes: QEMU itself, and the short-lived tools of the host. */
@NullMarked
package io.drover.driver.internal.process;

import org.jspecify.annotations.NullMarked;
