package io.drover.it.arch.planted.definition.argv;

import java.nio.file.Files;
import java.nio.file.Path;

final class PartThatReadsFiles {
  String text(Path file) throws java.io.IOException {
    return Files.readString(file);
  }
}
