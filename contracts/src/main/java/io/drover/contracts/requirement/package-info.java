/** What a domain requires of its host, so that it can be placed without its definition. */
@NullMarked
package io.drover.contracts.requirement;

import org.jspecify.annotations.NullMarked;
