/** Settings, and where time and ids come from. */
@NullMarked
package io.drover.gateway.config;

import org.jspecify.annotations.NullMarked;
