/**
 * What can be asked of a running domain, as values: one record for each operation, one for what
 * each success tells.
 */
@NullMarked
package io.drover.contracts.operation;

import org.jspecify.annotations.NullMarked;
