/** Domains (virtual machines): what tenants ask for, and what events say of them. */
@NullMarked
package io.drover.gateway.domain;

import org.jspecify.annotations.NullMarked;
