package io.drover.gateway.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports that stay free while their server is stopped. They are below the range from which the
 * kernel gives ports to clients: a client that tries to reach a stopped server again and again
 * could be given the server's own port, and then nobody could listen there.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int BEYOND = 32_000;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  static int free() {
    Random random = new Random();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(FIRST, BEYOND);
      if (free(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port from " + FIRST + " to " + BEYOND);
  }

  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
