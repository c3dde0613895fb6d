/**
 * The ledger in PostgreSQL, by plain JDBC: the claim is one statement that no mapper could write.
 */
@NullMarked
package io.drover.scheduler.ledger.store;

import org.jspecify.annotations.NullMarked;
