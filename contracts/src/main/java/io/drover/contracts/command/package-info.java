/** What one part asks of another: imperative names, one record per command, sealed. */
@NullMarked
package io.drover.contracts.command;

import org.jspecify.annotations.NullMarked;
