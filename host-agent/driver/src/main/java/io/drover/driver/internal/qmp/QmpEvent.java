package io.drover.driver.internal.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event of QEMU. Events are hints: some are rate-limited, and {@code query-*} tells the truth.
 *
 * @param data the {@code data} member; an empty object when it has none
 * @param at QEMU's time stamp, or the time of arrival when QEMU gave none
 */
public record QmpEvent(String name, JsonNode data, Instant at) {}
