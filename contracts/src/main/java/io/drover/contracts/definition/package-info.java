/**
 * The domain definition: a record model of libvirt's domain XML, its reader and writer, its JSON
 * form and what of it a tenant may ask for. Each feature has its record and, beside it or in it,
 * what reads and writes it. The folders below never name what stands here: {@code device} uses
 * {@code storage}, {@code network}, {@code character} and {@code host}, which use {@code common}
 * and {@code xml}.
 */
@NullMarked
package io.drover.contracts.definition;

import org.jspecify.annotations.NullMarked;
