/** Persistence of hosts. */
@NullMarked
package io.drover.gateway.host.store;

import org.jspecify.annotations.NullMarked;
