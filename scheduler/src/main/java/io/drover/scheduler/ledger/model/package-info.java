/** Hosts, claims, volumes and subjects as they are kept. Pure. */
@NullMarked
package io.drover.scheduler.ledger.model;

import org.jspecify.annotations.NullMarked;
