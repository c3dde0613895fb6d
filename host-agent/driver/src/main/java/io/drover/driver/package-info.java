/**
 * libvirt's QEMU driver as a library: domains are started, watched and found again on one host,
 * under one root folder.
 */
@NullMarked
package io.drover.driver;

import org.jspecify.annotations.NullMarked;
