/** Volumes as tenants asked for them; what really exists is known by events. */
@NullMarked
package io.drover.gateway.volume;

import org.jspecify.annotations.NullMarked;
