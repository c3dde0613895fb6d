package io.drover.gateway.feed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as it came. */
public record ReceivedEvent(
    String key,
    Map<String, byte[]> headers,
    byte @Nullable [] value,
    String topic,
    int partition,
    long offset) {}
