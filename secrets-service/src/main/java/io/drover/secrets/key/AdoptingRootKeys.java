package io.drover.secrets.key;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * At the start: refuses root keys that are not those of the data, and seals project keys under a
 * newly given one. So a root key is rotated by adding a line to its file and restarting.
 */
@ApplicationScoped
class AdoptingRootKeys {
  private static final Logger LOG = Logger.getLogger(AdoptingRootKeys.class);
  private final KeyVault vault;

  AdoptingRootKeys(KeyVault vault) {
    this.vault = vault;
  }

  void adopt(@Observes StartupEvent started) {
    int encryptedAgain = QuarkusTransaction.requiringNew().call(vault::adoptRootKeys);
    if (encryptedAgain > 0) {
      LOG.infof("Re-encrypted %d project keys under the new root key", encryptedAgain);
    }
  }
}
