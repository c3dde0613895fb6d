package io.drover.definition.complete.rule;

import io.drover.contracts.definition.storage.DiskSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What the server of an image may be. */
final class NetworkImageRules {
  private static final Set<String> ONE_HOST =
      Set.of("nbd", "http", "https", "ftp", "ftps", "ssh", "nfs");
  private static final Set<String> UNIX = Set.of("nbd", "gluster");
  private static final Set<String> UNSPOKEN = Set.of("sheepdog", "vxhs", "tftp");
  private static final Set<String> NO_LOGIN = Set.of("nbd", "gluster", "nfs");
  private static final Map<String, String> SECRETS = Map.of("rbd", "ceph", "iscsi", "iscsi");

  private NetworkImageRules() {}

  /**
   * @param fault takes what is wrong, as a sentence
   */
  static void check(Consumer<String> fault, DiskSource.Network network) {
    String protocol = network.protocol();
    if (UNSPOKEN.contains(protocol)) {
      fault.accept("The protocol '" + protocol + "' is not one that this QEMU supports.");
      return;
    }
    hosts(fault, network);
    name(fault, network);
    if (network.auth() != null && NO_LOGIN.contains(protocol)) {
      fault.accept("authentication is not supported for protocol '" + protocol + "'.");
    }
    String wanted = SECRETS.get(protocol);
    if (network.auth() != null && wanted != null && !wanted.equals(network.auth().secretType())) {
      fault.accept("<auth> of '" + protocol + "' needs a secret of type='" + wanted + "'.");
    }
  }

  private static void hosts(Consumer<String> fault, DiskSource.Network network) {
    String protocol = network.protocol();
    if (ONE_HOST.contains(protocol) && network.hosts().size() != 1) {
      fault.accept("The protocol '" + protocol + "' needs exactly one <host>.");
    }
    if (protocol.equals("iscsi") && network.hosts().isEmpty()) { // more are ignored
      fault.accept("The protocol 'iscsi' needs a <host>.");
    }
    for (DiskSource.NetworkHost host : network.hosts()) {
      if ("rdma".equals(host.transport())) {
        fault.accept("<host transport='rdma'> is not supported; use tcp.");
      }
      if ("unix".equals(host.transport()) && !UNIX.contains(protocol)) {
        fault.accept("The protocol '" + protocol + "' is spoken over TCP only.");
      }
      if (protocol.equals("nfs") && host.port() != null) {
        fault.accept("A <host> of nfs has no port.");
      }
    }
  }

  private static void name(Consumer<String> fault, DiskSource.Network network) {
    String name = network.name() == null ? "" : network.name();
    switch (network.protocol()) {
      case "rbd", "gluster" -> {
        if (name.indexOf('/') <= 0) {
          fault.accept("The name '" + name + "' needs the form POOL/IMAGE.");
        }
      }
      case "iscsi" -> {
        int slash = name.indexOf('/');
        if (slash >= 0 && !name.substring(slash + 1).matches("\\d{1,9}")) {
          fault.accept("After the '/' of an iSCSI name stands the number of the LUN.");
        }
      }
      default -> {
        // any name
      }
    }
  }
}
