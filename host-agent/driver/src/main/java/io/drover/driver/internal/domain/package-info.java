/**
 * The driver at work on this host: one object for each domain, which alone writes that domain's
 * state and journal on its serial executor.
 */
@NullMarked
package io.drover.driver.internal.domain;

import org.jspecify.annotations.NullMarked;
