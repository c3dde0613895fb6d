/** Images: metadata in the database, contents as files. */
@NullMarked
package io.drover.gateway.image;

import org.jspecify.annotations.NullMarked;
