/** What stands behind the driver's API. Nothing outside the driver may use it. */
@NullMarked
package io.drover.driver.internal;

import org.jspecify.annotations.NullMarked;
