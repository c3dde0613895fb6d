/** Persistence of quotas. */
@NullMarked
package io.drover.gateway.quota.store;

import org.jspecify.annotations.NullMarked;
