/** The commands that ask the host itself, by the driver: no tenant's command line has them. */
@NullMarked
package io.drover.hostcli;

import org.jspecify.annotations.NullMarked;
