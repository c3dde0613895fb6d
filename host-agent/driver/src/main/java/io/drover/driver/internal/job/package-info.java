/**
 * What runs on a domain, and what waits for it: one typed queue a domain. Knows nothing of QEMU.
 */
@NullMarked
package io.drover.driver.internal.job;

import org.jspecify.annotations.NullMarked;
