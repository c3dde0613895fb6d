package io.drover.agent.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.HostId;

/**
 * One QMP event on {@code drover.qmp-events}.
 *
 * @param data as QEMU sent it; an empty object when the event has none
 * @param timestamp as QEMU sent it: {@code seconds} and {@code microseconds}
 */
public record QmpEventMessage(
    HostId hostId, DomainId domainId, String event, JsonNode data, JsonNode timestamp) {}
