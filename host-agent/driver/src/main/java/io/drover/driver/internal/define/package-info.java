/**
 * Definitions that last: libvirt's files of persistent domains and of those that start with the
 * host, and what of them is known while the driver runs.
 */
@NullMarked
package io.drover.driver.internal.define;

import org.jspecify.annotations.NullMarked;
