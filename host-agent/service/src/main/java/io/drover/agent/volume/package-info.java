/** Volumes of this host and the images that they start from. Owns the folder volumes. */
@NullMarked
package io.drover.agent.volume;

import org.jspecify.annotations.NullMarked;
