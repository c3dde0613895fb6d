/** What the host decides about one start: paths, descriptors, sealed secrets. */
@NullMarked
package io.drover.driver.argv.host;

import org.jspecify.annotations.NullMarked;
