package io.drover.driver.internal.probe;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what an installed QEMU answers, for the tests: {@code RecordingQemu EMULATOR FILE.gz}. The
 * first session is with KVM where that opens.
 */
final class RecordingQemu {
  private RecordingQemu() {}

  public static void main(String[] arguments) throws Exception {
    Path emulator = Path.of(arguments[0]);
    Path folder = Files.createTempDirectory("rec");
    EmulatorProbe probe = new EmulatorProbe(InstantSource.system());
    ProbeReplies whole = probe.run(emulator, "kvm:tcg", folder, ProbeQueries::whole);
    ProbeReplies underTcg = probe.run(emulator, "tcg", folder, ProbeQueries::underTcg);
    Files.delete(folder);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      out.write(RecordedReplies.write(List.of(whole, underTcg)).getBytes(StandardCharsets.UTF_8));
    }
  }
}
