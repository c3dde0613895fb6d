package io.drover.driver.internal.probe;

import io.drover.definition.corpus.LibvirtCorpus;
import io.drover.driver.Emulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** Emulators that were recorded, replayed through the probe. */
public final class RecordedEmulators {
  private static final String PATH = "/usr/bin/qemu-system-x86_64";

  private RecordedEmulators() {}

  /** Debian's QEMU 7.2.22, as {@link RecordingQemu} has recorded it. */
  public static Emulator debian() {
    try (InputStream in = resource("qemu-7.2.22.replies.gz");
        Reader text = new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8)) {
      return RecordedReplies.probe(PATH, RecordedReplies.read(text));
    } catch (IOException e) {
      throw new IllegalStateException("The record cannot be read", e);
    }
  }

  /** One of libvirt's records; the test is skipped where libvirt's test data is not at hand. */
  public static Emulator libvirts(String version) throws IOException {
    try (Reader text =
        Files.newBufferedReader(LibvirtCorpus.file("caps/caps_" + version + ".x86_64.replies"))) {
      return RecordedReplies.probe(PATH, RecordedReplies.read(text));
    }
  }

  static InputStream resource(String name) {
    InputStream in = RecordedEmulators.class.getResourceAsStream("/probe/" + name);
    if (in == null) {
      throw new IllegalStateException("The record " + name + " is missing");
    }
    return in;
  }
}
