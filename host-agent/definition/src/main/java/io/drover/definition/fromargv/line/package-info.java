/** A command line cut into options, and options into values. */
@NullMarked
package io.drover.definition.fromargv.line;

import org.jspecify.annotations.NullMarked;
