/** Disk keys: made when a volume is placed, granted to the host of a claim, released to it once. */
@NullMarked
package io.drover.secrets.key;

import org.jspecify.annotations.NullMarked;
