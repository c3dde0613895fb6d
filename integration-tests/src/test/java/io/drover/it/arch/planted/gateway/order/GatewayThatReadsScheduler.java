package io.drover.it.arch.planted.gateway.order;

import io.drover.it.arch.planted.scheduler.host.Hosts;

record GatewayThatReadsScheduler(Hosts hosts) {}
