/** All other devices, a class for each kind. */
@NullMarked
package io.drover.driver.argv.device;

import org.jspecify.annotations.NullMarked;
