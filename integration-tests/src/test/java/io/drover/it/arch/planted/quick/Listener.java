package io.drover.it.arch.planted.quick;

import java.io.IOException;
import java.net.ServerSocket;

final class Listener {
  void open() throws IOException {
    new ServerSocket(0).close();
  }
}
