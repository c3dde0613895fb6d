/**
 * Violations of every rule, planted where the rules must find them. Nothing calls these classes.
 */
@NullMarked
package io.drover.it.arch.planted;

import org.jspecify.annotations.NullMarked;
