/** What must hold between the parts of a definition, a class for each part. */
@NullMarked
package io.drover.definition.complete.rule;

import org.jspecify.annotations.NullMarked;
