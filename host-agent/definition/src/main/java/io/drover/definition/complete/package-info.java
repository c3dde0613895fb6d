/**
 * Completes a definition as libvirt does: implicit devices, default models, addresses and aliases,
 * so that the guest sees the same machine. {@link PostParse} is the way through it. Pure.
 */
@NullMarked
package io.drover.definition.complete;

import org.jspecify.annotations.NullMarked;
