/** Planted: what an agent must not do. */
@NullMarked
package io.drover.it.arch.planted.agent.domain;

import org.jspecify.annotations.NullMarked;
