/**
 * The first domain, as a tenant makes it: through the gateway alone, each step shown when its event
 * arrives.
 */
@NullMarked
package io.drover.standalone.demo;

import org.jspecify.annotations.NullMarked;
