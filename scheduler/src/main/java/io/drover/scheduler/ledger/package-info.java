/**
 * The state that the scheduler owns and its transactions. An outcome is stored before it is sent,
 * so a replay sends the same.
 */
@NullMarked
package io.drover.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
