/** Who got which key, when and why: written before a key leaves, chained by hashes. */
@NullMarked
package io.drover.secrets.audit;

import org.jspecify.annotations.NullMarked;
