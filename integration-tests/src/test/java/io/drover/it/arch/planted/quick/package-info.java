/** A test whose name lies. */
@NullMarked
package io.drover.it.arch.planted.quick;

import org.jspecify.annotations.NullMarked;
