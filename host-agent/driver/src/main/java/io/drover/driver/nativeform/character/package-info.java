/** Character devices, and where their bytes go. */
@NullMarked
package io.drover.driver.nativeform.character;

import org.jspecify.annotations.NullMarked;
