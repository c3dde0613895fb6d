package io.drover.it.arch.planted.driver.argv;

import java.nio.file.Files;
import java.nio.file.Path;

final class PartThatReadsFiles {
  String text(Path file) throws java.io.IOException {
    return Files.readString(file);
  }
}
