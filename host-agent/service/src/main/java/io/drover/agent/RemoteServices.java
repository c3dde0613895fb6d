package io.drover.agent;

import io.drover.agent.key.HostToken;
import io.drover.agent.key.SecretsClient;
import io.drover.agent.volume.GatewayRestClient;

/** The other parts that the agent calls over HTTP. */
public record RemoteServices(SecretsClient secrets, GatewayRestClient gateway, HostToken token) {}
