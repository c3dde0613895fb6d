/** Follows one operation on the event stream until it has ended. */
@NullMarked
package io.drover.cli.follow;

import org.jspecify.annotations.NullMarked;
