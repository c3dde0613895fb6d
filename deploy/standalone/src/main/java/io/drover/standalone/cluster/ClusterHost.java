package io.drover.standalone.cluster;

/**
 * A host of the suite: an agent with a root of its own. The first is this machine as it is; each
 * other lives in a network namespace.
 *
 * @param number from 1
 */
record ClusterHost(int number) {
  /** The first host keeps the names that it had when it was the only one. */
  private String suffix() {
    return number == 1 ? "" : "-" + number;
  }

  String name() {
    return number == 1 ? "local" : "host-" + number;
  }

  /** The service, and its log. */
  String service() {
    return "host-agent" + suffix();
  }

  /** At Keycloak. */
  String client() {
    return "drover-host" + suffix();
  }

  String idCredential() {
    return number == 1 ? "host-id" : "host-" + number + "-id";
  }

  String clientCredential() {
    return number == 1 ? "host-client" : "host-" + number + "-client";
  }

  String kafkaCredential() {
    return "kafka-host" + suffix();
  }

  /** The folder of its root, below that of all files that QEMU opens. */
  String folder() {
    return HostFolder.AGENT + (number == 1 ? "" : Integer.toString(number));
  }

  boolean hasNetwork() {
    return number > 1;
  }
}
