/**
 * The settings of one driver, {@code qemu.conf}: libvirt's keys, as far as this driver knows them.
 * Read once, when the driver is opened.
 */
@NullMarked
package io.drover.driver.internal.settings;

import org.jspecify.annotations.NullMarked;
