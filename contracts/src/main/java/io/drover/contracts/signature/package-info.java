/** Signatures of the scheduler's commands: who may tell a host what to do. */
@NullMarked
package io.drover.contracts.signature;

import org.jspecify.annotations.NullMarked;
