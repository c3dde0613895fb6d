/** What of the events is to be applied once more. Pure. */
@NullMarked
package io.drover.gateway.feed.model;

import org.jspecify.annotations.NullMarked;
