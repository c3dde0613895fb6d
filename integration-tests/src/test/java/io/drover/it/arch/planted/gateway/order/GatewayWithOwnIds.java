package io.drover.it.arch.planted.gateway.order;

import java.util.UUID;
import java.util.function.Supplier;

final class GatewayWithOwnIds {
  Supplier<UUID> ids() {
    return UUID::randomUUID;
  }
}
