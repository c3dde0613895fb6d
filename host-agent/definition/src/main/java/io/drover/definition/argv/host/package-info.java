/** What the host decides about one start: paths, descriptors, sealed secrets. */
@NullMarked
package io.drover.definition.argv.host;

import org.jspecify.annotations.NullMarked;
