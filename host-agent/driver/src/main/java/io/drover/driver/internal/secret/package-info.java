/** Secrets at rest, and the key that hides them from whoever reads a command line. */
@NullMarked
package io.drover.driver.internal.secret;

import org.jspecify.annotations.NullMarked;
