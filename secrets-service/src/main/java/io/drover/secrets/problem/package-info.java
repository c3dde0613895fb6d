/** Every error of this service as an RFC 9457 problem. */
@NullMarked
package io.drover.secrets.problem;

import org.jspecify.annotations.NullMarked;
