/** Which device of the host a guest gets. */
@NullMarked
package io.drover.contracts.definition.host;

import org.jspecify.annotations.NullMarked;
