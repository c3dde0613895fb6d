package io.drover.it.arch.planted.gateway.order.feed;

import jakarta.ws.rs.core.Response;

record HttpConsumer(Response answer) {}
