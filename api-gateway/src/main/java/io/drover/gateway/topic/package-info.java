/** Topics as the gateway reads them beside its groups of consumers. */
@NullMarked
package io.drover.gateway.topic;

import org.jspecify.annotations.NullMarked;
