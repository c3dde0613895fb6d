package io.drover.agent.host;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.SourceKey;

/**
 * How this host speaks on the bus.
 *
 * @param kafka how to reach the brokers
 * @param sealing the host's own key: what it does not seal is not believed to be its
 */
public record BusAccess(KafkaSettings kafka, SourceKey sealing) {}
