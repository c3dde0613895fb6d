/** The image behind a disk: where it lies, its format, what it is based on, how it is encrypted. */
@NullMarked
package io.drover.contracts.definition.storage;

import org.jspecify.annotations.NullMarked;
