package io.drover.driver.internal.display;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Finds out whether this host would let QEMU listen. */
public class PortTrial {
  private static final int ANY = 0;

  /**
   * Refuses an address that QEMU could not listen on at any port.
   *
   * @throws ProblemException {@code INVALID_DEFINITION}
   */
  void requireOwn(String address) {
    try {
      listen(address, ANY);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "/domain/devices/graphics/listen/@address: A display cannot listen on '"
              + address
              + "', which is no address of this host.",
          e);
    }
  }

  /** Whether nobody listens on the port. */
  public boolean free(String address, int port) {
    try {
      listen(address, port);
      return true;
    } catch (IOException e) {
      // Somebody has it, or we must not have it; the next one is tried.
      return false;
    }
  }

  private static void listen(String address, int port) throws IOException {
    InetAddress resolved = InetAddress.getByName(address);
    if (resolved == null) {
      throw new UnknownHostException(address);
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as QEMU does: a connection that has ended holds no port
      socket.bind(new InetSocketAddress(resolved, port), 1);
    }
  }
}
