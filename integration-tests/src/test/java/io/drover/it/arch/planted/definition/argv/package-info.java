/** Planted: parts that read files and open sockets. */
@NullMarked
package io.drover.it.arch.planted.definition.argv;

import org.jspecify.annotations.NullMarked;
