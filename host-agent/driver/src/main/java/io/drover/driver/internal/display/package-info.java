/** The TCP ports of displays: chosen once, journalled, free again when the domain ends. */
@NullMarked
package io.drover.driver.internal.display;

import org.jspecify.annotations.NullMarked;
