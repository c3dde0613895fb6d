/**
 * The definition while options add to it: its elements, what is put up for devices to use, where
 * devices sit.
 */
@NullMarked
package io.drover.definition.fromargv.draft;

import org.jspecify.annotations.NullMarked;
