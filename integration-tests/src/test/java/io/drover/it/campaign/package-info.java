/**
 * Tenants work on several hosts while parts fail at random: nothing is lost, nothing runs twice.
 */
@NullMarked
package io.drover.it.campaign;

import org.jspecify.annotations.NullMarked;
