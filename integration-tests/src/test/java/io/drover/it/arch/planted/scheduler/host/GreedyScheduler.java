package io.drover.it.arch.planted.scheduler.host;

final class GreedyScheduler {
  final int sum;

  GreedyScheduler(int a, int b, int c, int d, int e, int f, int g, int h) {
    sum = a + b + c + d + e + f + g + h;
  }
}
