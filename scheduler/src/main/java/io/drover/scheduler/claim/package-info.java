/** What the hosts' events and reports do to claims. */
@NullMarked
package io.drover.scheduler.claim;

import org.jspecify.annotations.NullMarked;
