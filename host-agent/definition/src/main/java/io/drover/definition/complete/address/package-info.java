/**
 * Where each device sits: on PCI, USB, a disk controller, a serial bus, in a memory slot; and its
 * alias.
 */
@NullMarked
package io.drover.definition.complete.address;

import org.jspecify.annotations.NullMarked;
