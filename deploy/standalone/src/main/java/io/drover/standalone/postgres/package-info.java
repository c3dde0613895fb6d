/**
 * PostgreSQL from its binaries on Maven Central: unpacked once, its data kept, one role a service.
 */
@NullMarked
package io.drover.standalone.postgres;

import org.jspecify.annotations.NullMarked;
