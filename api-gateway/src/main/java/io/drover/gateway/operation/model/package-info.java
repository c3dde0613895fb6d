/** What an operation is, and how events end it. Pure. */
@NullMarked
package io.drover.gateway.operation.model;

import org.jspecify.annotations.NullMarked;
