package io.drover.it.arch.planted.quick;

import java.io.IOException;

final class ListeningTest {
  void listens() throws IOException {
    new Listener().open();
  }
}
