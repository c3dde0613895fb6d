/** What a domain is, and what events make of it. Pure. */
@NullMarked
package io.drover.gateway.domain.model;

import org.jspecify.annotations.NullMarked;
