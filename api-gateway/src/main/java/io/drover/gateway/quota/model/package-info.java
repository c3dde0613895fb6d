/** Limits and amounts. Pure. */
@NullMarked
package io.drover.gateway.quota.model;

import org.jspecify.annotations.NullMarked;
