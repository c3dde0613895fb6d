/**
 * The whole suite, started once for all flow and fault tests, and what a tenant needs to use it.
 */
@NullMarked
package io.drover.it.suite;

import org.jspecify.annotations.NullMarked;
