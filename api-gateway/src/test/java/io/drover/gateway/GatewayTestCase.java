package io.drover.gateway;

import io.drover.gateway.support.EmbeddedDatabase;
import io.drover.gateway.support.EmbeddedKafka;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on the running gateway. All share one gateway and its surroundings. */
@QuarkusTestResource(Surroundings.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
public class GatewayTestCase {
  protected EmbeddedKafka kafka;
  protected EmbeddedDatabase database;
  protected Parts parts;

  @BeforeEach
  void openParts() {
    parts = new Parts(kafka);
  }

  @AfterEach
  void closeParts() {
    parts.close();
  }
}
