/**
 * From a completed definition to QEMU's command line, in libvirt's order. Pure: what the host
 * decides (paths, sockets, sealed secrets) is passed in. One class for each group of options; each
 * returns values, which {@link QemuArgv} prints and {@link DeviceParts} gives to who plugs devices
 * into a QEMU that runs.
 */
@NullMarked
package io.drover.definition.argv;

import org.jspecify.annotations.NullMarked;
