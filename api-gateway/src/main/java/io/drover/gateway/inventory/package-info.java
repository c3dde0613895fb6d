/**
 * The topic of the inventory: what the gateway keeps and could learn from nobody again, so that a
 * database that was restored from a backup learns it from there.
 */
@NullMarked
package io.drover.gateway.inventory;

import org.jspecify.annotations.NullMarked;
