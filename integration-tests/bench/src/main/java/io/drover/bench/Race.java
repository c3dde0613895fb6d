package io.drover.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the contenders in turn, A B C A B C, so that what the machine does meanwhile meets all of
 * them alike. Warm-up rounds are run and forgotten.
 */
final class Race {
  private final List<Contender> contenders;
  private final Map<Contender, List<Contender.Run>> runs = new LinkedHashMap<>();

  Race(List<Contender> contenders) {
    this.contenders = List.copyOf(contenders);
    contenders.forEach(each -> runs.put(each, new ArrayList<>()));
  }

  void run(int warmUps, int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < warmUps + rounds; round++) {
      for (Contender contender : contenders) {
        if (Thread.interrupted()) {
          throw new InterruptedException("Stopped in round " + (round + 1));
        }
        Contender.Run run = contender.run(round);
        if (round >= warmUps) {
          runs.computeIfAbsent(contender, each -> new ArrayList<>()).add(run);
        }
      }
    }
  }

  /** The counted runs of each contender, in the order they were given. */
  Map<Contender, List<Contender.Run>> runs() {
    return runs;
  }
}
