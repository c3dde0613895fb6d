/**
 * Decides all about a start before anything is started: what the host gives each device, the
 * command line, what QEMU is told.
 */
@NullMarked
package io.drover.driver.internal.plan;

import org.jspecify.annotations.NullMarked;
