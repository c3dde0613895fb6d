/** Planted: a message that is open, a contract that logs. */
@NullMarked
package io.drover.it.arch.planted.contracts.event;

import org.jspecify.annotations.NullMarked;
