package io.drover.it.arch.planted.gateway.order;

import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

final class FieldBean {
  @Inject @Nullable GatewayWithOwnIds ids;
}
