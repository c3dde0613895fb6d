/** What the scheduler has decided and its database, restored from a backup, has forgotten. */
@NullMarked
package io.drover.scheduler.recall;

import org.jspecify.annotations.NullMarked;
