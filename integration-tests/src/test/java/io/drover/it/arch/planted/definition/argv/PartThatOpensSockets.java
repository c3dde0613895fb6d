package io.drover.it.arch.planted.definition.argv;

import java.net.Socket;

final class PartThatOpensSockets {
  boolean open(Socket socket) {
    return socket.isConnected();
  }
}
