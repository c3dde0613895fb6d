/**
 * Operations on running domains: one handler each, the queue that they run in, and what a killed
 * driver leaves to the next. Reaches a domain through {@link
 * io.drover.driver.internal.operation.RunningGuest} alone.
 */
@NullMarked
package io.drover.driver.internal.operation;

import org.jspecify.annotations.NullMarked;
