/** All other devices, a class for each kind. */
@NullMarked
package io.drover.definition.argv.device;

import org.jspecify.annotations.NullMarked;
