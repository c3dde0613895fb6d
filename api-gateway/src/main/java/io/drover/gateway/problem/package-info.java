/** Turns every failure into an RFC 9457 problem: the only mapper of the gateway. */
@NullMarked
package io.drover.gateway.problem;

import org.jspecify.annotations.NullMarked;
