/** What elements of several features have: addresses, sizes, sets of CPUs, security labels. */
@NullMarked
package io.drover.contracts.definition.common;

import org.jspecify.annotations.NullMarked;
