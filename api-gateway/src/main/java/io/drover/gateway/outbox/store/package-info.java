/** The outbox in the database, and the session that is notified of its rows. */
@NullMarked
package io.drover.gateway.outbox.store;

import org.jspecify.annotations.NullMarked;
