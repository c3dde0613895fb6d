package io.drover.agent;

import io.drover.contracts.address.SafeAddresses;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The host-agent. Its addresses are checked before anything else is started, so that no password is
 * sent over a connection that others can read.
 */
@QuarkusMain
public final class AgentMain {
  private AgentMain() {}

  public static void main(String... arguments) {
    Config settings = ConfigProvider.getConfig();
    SafeAddresses.check(name -> settings.getOptionalValue(name, String.class));
    Quarkus.run(arguments);
  }
}
