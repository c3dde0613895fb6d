/** All other devices, a class for each kind. */
@NullMarked
package io.drover.definition.fromargv.device;

import org.jspecify.annotations.NullMarked;
