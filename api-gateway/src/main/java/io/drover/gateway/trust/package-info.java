/** What becomes of records that are not of the part that they name. */
@NullMarked
package io.drover.gateway.trust;

import org.jspecify.annotations.NullMarked;
