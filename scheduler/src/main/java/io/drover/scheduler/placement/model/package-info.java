/** The placement decision: one rule a class, explained host by host in counts. Pure. */
@NullMarked
package io.drover.scheduler.placement.model;

import org.jspecify.annotations.NullMarked;
