/** What a completion needs to know of the emulator, its host and its firmware. */
@NullMarked
package io.drover.definition.complete.emulator;

import org.jspecify.annotations.NullMarked;
