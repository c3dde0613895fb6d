/** Receives the suite's spans over OTLP and keeps them as lines of JSON. */
@NullMarked
package io.drover.standalone.trace;

import org.jspecify.annotations.NullMarked;
