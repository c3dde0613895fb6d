package io.drover.it.arch.planted.gateway.order.model;

import java.nio.file.Files;
import java.nio.file.Path;

final class ModelThatReadsFiles {
  boolean decide(Path file) {
    return Files.exists(file);
  }
}
