package io.drover.it.arch.planted.gateway.order.store;

import jakarta.ws.rs.core.Response;

record StoreThatSpeaksHttp(Response answer) {}
