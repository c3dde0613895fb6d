/**
 * The rules of the architecture as ArchUnit rules over the classes of every module. Each rule names
 * the planted violations ({@code planted}) that it must catch.
 */
@NullMarked
package io.drover.it.arch;

import org.jspecify.annotations.NullMarked;
