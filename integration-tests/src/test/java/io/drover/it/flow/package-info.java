/** User stories over the real suite, a class each. */
@NullMarked
package io.drover.it.flow;

import org.jspecify.annotations.NullMarked;
