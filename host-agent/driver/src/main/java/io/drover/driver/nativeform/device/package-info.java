/** All other devices, a class for each kind. */
@NullMarked
package io.drover.driver.nativeform.device;

import org.jspecify.annotations.NullMarked;
