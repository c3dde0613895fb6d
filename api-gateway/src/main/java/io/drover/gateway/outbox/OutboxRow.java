package io.drover.gateway.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record that waits to be sent. */
public record OutboxRow(
    long id, String topic, String key, Map<String, String> headers, byte @Nullable [] payload) {}
