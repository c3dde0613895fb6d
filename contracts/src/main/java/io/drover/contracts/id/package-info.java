/** Typed identifiers: records around a UUID, parsed or refused with a problem. */
@NullMarked
package io.drover.contracts.id;

import org.jspecify.annotations.NullMarked;
