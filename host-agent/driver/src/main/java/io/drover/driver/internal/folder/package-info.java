/** The folders of a root and of its domains, and the lock that keeps a root to one driver. */
@NullMarked
package io.drover.driver.internal.folder;

import org.jspecify.annotations.NullMarked;
