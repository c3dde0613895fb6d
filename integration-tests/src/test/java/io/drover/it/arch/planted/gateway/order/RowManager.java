package io.drover.it.arch.planted.gateway.order;

final class RowManager {
  static int rows;

  int getRows() {
    return rows;
  }
}
