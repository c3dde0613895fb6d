/**
 * From a completed definition to QEMU's command line, in libvirt's order. Pure: what the host
 * decides (paths, sockets, sealed secrets) is passed in. One class for each group of options.
 */
@NullMarked
package io.drover.definition.argv;

import org.jspecify.annotations.NullMarked;
