/** A command line cut into options, and options into values. */
@NullMarked
package io.drover.driver.nativeform.line;

import org.jspecify.annotations.NullMarked;
