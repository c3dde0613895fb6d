package io.drover.agent.console;

import io.drover.contracts.console.ConsoleTicket;
import io.drover.contracts.error.ProblemException;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Opens no console without a ticket: 401 without one, 403 for one that is not taken. */
@Singleton
class ConsoleUpgradeCheck implements HttpUpgradeCheck {
  static final TypedKey<ConsoleTicket> TICKET = new TypedKey<>("ticket");

  private static final Logger LOG = Logger.getLogger(ConsoleUpgradeCheck.class);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final ConsoleAdmission admission;

  ConsoleUpgradeCheck(ConsoleAdmission admission) {
    this.admission = admission;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    String text = context.httpRequest().getHeader(ConsoleTicket.HEADER);
    if (text == null) {
      return CheckResult.rejectUpgrade(UNAUTHORIZED);
    }
    String domain = context.pathParam("domainId");
    try {
      ConsoleTicket ticket = admission.take(text, domain);
      context.userData().put(TICKET, ticket);
      LOG.infof("Opening the console of domain %s for viewer %s", domain, ticket.viewer());
      return CheckResult.permitUpgrade();
    } catch (ProblemException e) {
      // Whoever reaches the port can ask: the counter says how often, the log not for each.
      LOG.debugf("Opening the console of domain %s was refused: %s", domain, e.getMessage());
      return CheckResult.rejectUpgrade(FORBIDDEN);
    }
  }
}
