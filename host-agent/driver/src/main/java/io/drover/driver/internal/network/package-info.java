/** What guests' network cards are connected to on the host: taps that are ports of its bridges. */
@NullMarked
package io.drover.driver.internal.network;

import org.jspecify.annotations.NullMarked;
