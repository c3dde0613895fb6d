/**
 * The network of guests that must not reach their host: one network namespace for all of a root,
 * whose only way out is a pasta process outside of it. See docs/adr/0019.
 */
@NullMarked
package io.drover.driver.internal.isolation;

import org.jspecify.annotations.NullMarked;
