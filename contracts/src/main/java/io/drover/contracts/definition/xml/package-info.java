/**
 * A positioned XML tree that knows which of its parts were read, so that whatever nobody read can
 * be refused by path. It knows nothing of domains.
 */
@NullMarked
package io.drover.contracts.definition.xml;

import org.jspecify.annotations.NullMarked;
