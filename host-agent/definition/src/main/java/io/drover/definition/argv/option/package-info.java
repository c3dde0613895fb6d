/**
 * What command lines are made of: arguments, objects in JSON, and the completed definition to look
 * things up in.
 */
@NullMarked
package io.drover.definition.argv.option;

import org.jspecify.annotations.NullMarked;
