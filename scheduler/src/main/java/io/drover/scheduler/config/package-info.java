/** Settings, and where time comes from. */
@NullMarked
package io.drover.scheduler.config;

import org.jspecify.annotations.NullMarked;
