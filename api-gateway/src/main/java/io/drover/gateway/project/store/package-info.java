/** Persistence of projects. */
@NullMarked
package io.drover.gateway.project.store;

import org.jspecify.annotations.NullMarked;
