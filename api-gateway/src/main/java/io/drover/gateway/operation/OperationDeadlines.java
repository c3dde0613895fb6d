package io.drover.gateway.operation;

import io.drover.contracts.event.OperationKind;
import io.drover.contracts.operation.LiveOperation;
import io.drover.gateway.config.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an operation may take, by its kind. */
@ApplicationScoped
class OperationDeadlines {
  private final GatewayConfig.Deadline limits;

  OperationDeadlines(GatewayConfig config) {
    this.limits = config.deadline();
  }

  /**
   * From its acceptance to its end at the latest.
   *
   * @param live what is to be done to a running domain; null for every other kind
   */
  Duration of(OperationKind kind, @Nullable LiveOperation<?> live) {
    return switch (kind) {
      case CREATE_VOLUME -> limits.createVolume();
      case DELETE_VOLUME -> limits.deleteVolume();
      case CREATE_DOMAIN, START_DOMAIN -> limits.startDomain();
      case SHUT_DOWN_DOMAIN, DESTROY_DOMAIN -> limits.stopDomain();
      case DELETE_DOMAIN -> limits.deleteDomain();
      case ABORT_OPERATION -> limits.abortOperation();
      case DISABLE_HOST, ENABLE_HOST, REMOVE_HOST -> limits.administerHost();
      case OPERATE_DOMAIN ->
          live == null ? limits.operateDomain() : live.deadline().plus(limits.operateDomain());
    };
  }
}
