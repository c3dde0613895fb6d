/** What a volume is, and what events make of it. Pure. */
@NullMarked
package io.drover.gateway.volume.model;

import org.jspecify.annotations.NullMarked;
