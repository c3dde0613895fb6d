package io.drover.it.arch.planted.agent.domain;

import java.net.UnixDomainSocketAddress;

record SocketAgent(UnixDomainSocketAddress monitor) {}
