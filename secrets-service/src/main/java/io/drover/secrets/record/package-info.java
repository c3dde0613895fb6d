/** How this service hands records to Kafka. */
@NullMarked
package io.drover.secrets.record;

import org.jspecify.annotations.NullMarked;
