package io.drover.driver.internal.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that stand where an emulator should. */
final class ScriptedEmulator {
  static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");

  private ScriptedEmulator() {}

  /** A shell script of this body. */
  static Path write(Path folder, String body) throws IOException {
    Path script = Files.writeString(folder.resolve("qemu-system-x86_64"), "#!/bin/sh\n" + body);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    return script;
  }

  /** The real QEMU, which leaves a line in a file each time it is started. */
  static Path counting(Path folder, Path count) throws IOException {
    return write(folder, "echo run >> '" + count + "'\nexec " + QEMU + " \"$@\"\n");
  }
}
