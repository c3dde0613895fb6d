/** The suite's own services, each a JVM of its own. */
@NullMarked
package io.drover.standalone.service;

import org.jspecify.annotations.NullMarked;
