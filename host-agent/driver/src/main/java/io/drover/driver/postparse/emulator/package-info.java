/** What a completion needs to know of the emulator, its host and its firmware. */
@NullMarked
package io.drover.driver.postparse.emulator;

import org.jspecify.annotations.NullMarked;
