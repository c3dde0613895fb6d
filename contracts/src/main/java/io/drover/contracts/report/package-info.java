/** What a host tells the scheduler about itself: heartbeat, capacity, running domains. */
@NullMarked
package io.drover.contracts.report;

import org.jspecify.annotations.NullMarked;
