package io.drover.standalone.cluster;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the volumes of each host may take of the one file system that all hosts of a suite are on:
 * of what is free and what their volumes have, the same part for each. A single host needs no
 * limit.
 */
final class DiskShare {
  static final String SETTING = "DROVER_VOLUME_DISK_MIB";
  private static final String RESERVE = "DROVER_DISK_RESERVE_MIB";

  /** The agent's own default. */
  private static final long DEFAULT_RESERVE_MIB = 2048;

  private static final long KIB = 1024;

  private DiskShare() {}

  /** In MiB; as it is now, so that it differs a little from start to start. */
  static OptionalLong measure(HostFolder folder, ClusterOptions options)
      throws IOException, InterruptedException {
    if (options.hosts() == 1) {
      return OptionalLong.empty();
    }
    long kib = Files.getFileStore(folder.path()).getUsableSpace() / KIB;
    for (ClusterHost host : options.clusterHosts()) {
      kib += allocatedKib(folder.root(host).resolve("volumes"));
    }
    String reserve = options.settings().passed().get(RESERVE);
    long reserveMib = reserve == null ? DEFAULT_RESERVE_MIB : Long.parseLong(reserve);
    return OptionalLong.of(of(kib / KIB, reserveMib, options.hosts()));
  }

  static long of(long availableMib, long reserveMib, int hosts) {
    return Math.max(0, availableMib - reserveMib) / hosts;
  }

  /** Volumes are sparse files: their sizes say nothing. */
  private static long allocatedKib(Path volumes) throws IOException, InterruptedException {
    if (!Files.isDirectory(volumes)) {
      return 0;
    }
    List<String> command = new ArrayList<>(List.of("du", "--summarize", "--block-size=1K", "--"));
    command.add(volumes.toString());
    SystemCommand.Outcome outcome = SystemCommand.run(command);
    if (outcome.status() != 0) {
      throw new IOException(
          "What the volumes in "
              + volumes
              + " take cannot be measured (du: "
              + outcome.printed()
              + "); check the folder, then start again");
    }
    return Long.parseLong(outcome.printed().split("\\s", 2)[0]);
  }
}
