/** Disk keys, fetched from the secrets-service and held for as long as QEMU needs to start. */
@NullMarked
package io.drover.agent.key;

import org.jspecify.annotations.NullMarked;
