/** The settings of this service, and the checks that refuse an unsafe start. */
@NullMarked
package io.drover.secrets.config;

import org.jspecify.annotations.NullMarked;
