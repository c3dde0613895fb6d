/** Who asks, and which projects they may enter; decided before a body is read. */
@NullMarked
package io.drover.gateway.access;

import org.jspecify.annotations.NullMarked;
