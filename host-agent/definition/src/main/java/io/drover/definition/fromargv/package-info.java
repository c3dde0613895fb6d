/**
 * From QEMU's command line back to a definition: {@code domxml-from-native}. Each group of options
 * has a class of its own; what no class knows is told, never dropped. Pure.
 */
@NullMarked
package io.drover.definition.fromargv;

import org.jspecify.annotations.NullMarked;
