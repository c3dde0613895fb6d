package io.drover.standalone.cluster;

import io.drover.contracts.message.KafkaSecurity;
import io.drover.standalone.cluster.Ports.Part;
import io.drover.standalone.kafka.AclPlan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The environment of each part; the variables are documented in docs/flows/create-domain.md.
 *
 * @param host where the files are that QEMU opens
 * @param qemuUser the account that QEMU runs as, where the suite chooses one
 * @param diskMib what the volumes of each host may take, where there are several
 */
record Environment(
    ClusterOptions options,
    ClusterCredentials credentials,
    String traces,
    HostFolder host,
    Optional<String> qemuUser,
    OptionalLong diskMib) {
  Map<String, String> gateway() {
    Map<String, String> variables = service(Part.GATEWAY);
    kafka(variables, "gateway", credentials.of("kafka-gateway"));
    database(variables, "gateway");
    schedulersKeys(variables);
    busKeys(variables);
    oidc(variables);
    variables.put("DROVER_GATEWAY_KEY_FILE", credentials.gatewayKeys().privateFile().toString());
    variables.put("DROVER_IMAGE_DIR", options.data().resolve("images").toString());
    return withSettings(variables);
  }

  Map<String, String> scheduler() {
    Map<String, String> variables = service(Part.SCHEDULER);
    kafka(variables, "scheduler", credentials.of("kafka-scheduler"));
    database(variables, "scheduler");
    busKeys(variables);
    variables.put(
        "DROVER_SCHEDULER_KEY_FILE", credentials.schedulerKeys().privateFile().toString());
    return withSettings(variables);
  }

  Map<String, String> secrets() {
    Map<String, String> variables = service(Part.SECRETS);
    kafka(variables, "secrets", credentials.of("kafka-secrets"));
    database(variables, "secrets");
    schedulersKeys(variables);
    busKeys(variables);
    oidc(variables);
    variables.put("DROVER_ROOT_KEY_FILE", credentials.rootKeyFile().toString());
    return withSettings(variables);
  }

  Map<String, String> agent(ClusterHost agent, int port) throws IOException {
    Map<String, String> variables = service(port);
    String id = credentials.hostId(agent).toString();
    kafka(
        variables,
        AclPlan.principalOf(credentials.hostId(agent)),
        credentials.of(agent.kafkaCredential()));
    oidc(variables);
    client(variables, agent);
    variables.put("DROVER_AGENT_ROOT", host.root(agent).toString());
    schedulersKeys(variables);
    variables.put("DROVER_GATEWAY_KEYS_FILE", credentials.gatewayKeys().publicFile().toString());
    variables.put("DROVER_HOST_KEY_FILE", credentials.busKeys().ofHost(agent).toString());
    qemuUser.ifPresent(user -> variables.put(QemuAccount.SETTING, user));
    diskMib.ifPresent(mib -> variables.put(DiskShare.SETTING, Long.toString(mib)));
    variables.put("DROVER_HOST_ID", id);
    variables.put("DROVER_HOST_NAME", agent.name());
    variables.put("DROVER_AGENT_URL", "http://127.0.0.1:" + port);
    variables.put("DROVER_GATEWAY_URL", url(Part.GATEWAY));
    variables.put("DROVER_SECRETS_URL", url(Part.SECRETS));
    return withSettings(variables);
  }

  /** Fills the placeholders of the realm, and makes the first administrator. */
  Map<String, String> keycloak() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("DROVER_HOST_ID", credentials.of("host-id"));
    variables.put("DROVER_HOST_CLIENT_SECRET", credentials.of("host-client"));
    variables.put("DROVER_AUTOMATION_CLIENT_SECRET", credentials.of("automation-client"));
    variables.put("DROVER_ALICE_PASSWORD", credentials.of("alice"));
    variables.put("DROVER_BOB_PASSWORD", credentials.of("bob"));
    variables.put("DROVER_OLGA_PASSWORD", credentials.of("olga"));
    variables.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    variables.put("KC_BOOTSTRAP_ADMIN_PASSWORD", credentials.of("keycloak-admin"));
    return variables;
  }

  String url(Part part) {
    return "http://127.0.0.1:" + options.ports().of(part);
  }

  /** The operator's settings take precedence over the suite's defaults. */
  private Map<String, String> withSettings(Map<String, String> variables) {
    variables.putAll(options.settings().passed());
    return variables;
  }

  private Map<String, String> service(Part part) {
    return service(options.ports().of(part));
  }

  private Map<String, String> service(int port) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    variables.put("DROVER_OTLP_ENDPOINT", traces);
    variables.put(
        "QUARKUS_OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer " + credentials.of("traces"));
    return variables;
  }

  private void kafka(Map<String, String> variables, String user, String password) {
    variables.put("DROVER_KAFKA", "127.0.0.1:" + options.ports().of(Part.KAFKA));
    variables.put(KafkaSecurity.USER, user);
    variables.put(KafkaSecurity.PASSWORD, password);
  }

  private void schedulersKeys(Map<String, String> variables) {
    variables.put(
        "DROVER_SCHEDULER_KEYS_FILE", credentials.schedulerKeys().publicFile().toString());
  }

  private void busKeys(Map<String, String> variables) {
    variables.put("DROVER_BUS_KEYS_FILE", credentials.busKeys().file().toString());
  }

  private void database(Map<String, String> variables, String service) {
    variables.put(
        "DROVER_PG_URL",
        "jdbc:postgresql://127.0.0.1:" + options.ports().of(Part.POSTGRESQL) + "/drover");
    variables.put("DROVER_PG_USER", "drover_" + service);
    variables.put("DROVER_PG_PASSWORD", credentials.of(service + "-db"));
  }

  private void oidc(Map<String, String> variables) {
    String realm = url(Part.KEYCLOAK) + "/realms/drover";
    variables.put("DROVER_OIDC_URL", realm);
    // Everything starts at once: what a discovery would tell is told here, so that no part waits
    // for Keycloak before the first token that it has to check or to fetch.
    variables.put("QUARKUS_OIDC_DISCOVERY_ENABLED", "false");
    variables.put("QUARKUS_OIDC_JWKS_PATH", "/protocol/openid-connect/certs");
    variables.put("QUARKUS_OIDC_JWKS_RESOLVE_EARLY", "false");
    variables.put("QUARKUS_OIDC_TOKEN_ISSUER", realm);
  }

  private void client(Map<String, String> variables, ClusterHost agent) {
    variables.put("DROVER_CLIENT_ID", agent.client());
    variables.put("DROVER_CLIENT_SECRET", credentials.of(agent.clientCredential()));
    // By their own names: QUARKUS_OIDC_CLIENT_... is also how a tenant called client would be set.
    variables.put("quarkus.oidc-client.discovery-enabled", "false");
    variables.put("quarkus.oidc-client.token-path", "/protocol/openid-connect/token");
  }
}
