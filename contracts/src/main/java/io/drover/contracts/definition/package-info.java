/**
 * The domain definition: a record model of libvirt's domain XML, its reader and writer, its JSON
 * form and what of it a tenant may ask for. Each feature has its record and, beside it, a {@code
 * ...Xml} class that reads and writes it.
 */
@NullMarked
package io.drover.contracts.definition;

import org.jspecify.annotations.NullMarked;
