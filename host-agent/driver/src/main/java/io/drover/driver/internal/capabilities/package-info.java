/**
 * What this host and its emulators offer, in libvirt's two documents: the host's capabilities, and
 * those of one kind of domain.
 */
@NullMarked
package io.drover.driver.internal.capabilities;

import org.jspecify.annotations.NullMarked;
