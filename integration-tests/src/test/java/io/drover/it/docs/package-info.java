/** The documents say what is so: links resolve, what is named exists, decisions are numbered. */
@NullMarked
package io.drover.it.docs;

import org.jspecify.annotations.NullMarked;
