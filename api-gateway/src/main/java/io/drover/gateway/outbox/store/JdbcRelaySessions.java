package io.drover.gateway.outbox.store;

import io.drover.contracts.sql.SqlFailure;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.outbox.RelaySession;
import io.drover.gateway.outbox.RelaySessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

@ApplicationScoped
class JdbcRelaySessions implements RelaySessions {
  private final GatewayConfig config;

  JdbcRelaySessions(GatewayConfig config) {
    this.config = config;
  }

  @Override
  public RelaySession open() {
    try {
      return JdbcRelaySession.open(config.database());
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }
}
