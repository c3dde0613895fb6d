/**
 * What the emulators of this host can really do, found by running them and kept in a cache that
 * notices when the emulator or the host has changed.
 */
@NullMarked
package io.drover.driver.internal.probe;

import org.jspecify.annotations.NullMarked;
