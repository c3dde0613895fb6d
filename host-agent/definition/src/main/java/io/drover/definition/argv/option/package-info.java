/**
 * What command lines are made of: options as values, which QMP takes as well, and the completed
 * definition to look things up in.
 */
@NullMarked
package io.drover.definition.argv.option;

import org.jspecify.annotations.NullMarked;
