/** What is told to auditors on {@code drover.audit}; never a secret. */
@NullMarked
package io.drover.contracts.audit;

import org.jspecify.annotations.NullMarked;
