/** What records of the inventory's topic mean for a database. Pure. */
@NullMarked
package io.drover.gateway.inventory.model;

import org.jspecify.annotations.NullMarked;
