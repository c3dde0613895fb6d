package io.drover.it.arch.planted.agent.domain;

import java.io.IOException;

final class SleepyAgent {
  void wake() throws IOException, InterruptedException {
    new Thread(() -> System.out.println("up")).start();
    Thread.sleep(1);
    new ProcessBuilder("true").start();
    System.exit(1);
  }
}
