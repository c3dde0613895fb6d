package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> order = new ArrayList<>();

  private final class Fixed implements Contender {
    private final String name;
    private final long micros;

    Fixed(String name, long micros) {
      this.name = name;
      this.micros = micros;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String covers() {
      return "a fixed time";
    }

    @Override
    public Run run(int number) {
      order.add(name + number);
      return new Run(micros + number, Map.of("spawn", new Span(micros / 4, micros * 3 / 4)));
    }

    @Override
    public void close() {
      order.add(name + " closed");
    }
  }

  @Test
  void contendersRunInTurnAndWarmUpsAreForgotten() throws IOException, InterruptedException {
    Contender a = new Fixed("a", 1000);
    Race race = new Race(List.of(a, new Fixed("b", 3000)));

    race.run(1, 2);

    assertThat(order).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(race.runs().get(a)).extracting(Contender.Run::micros).containsExactly(1001L, 1002L);
  }

  @Test
  void theReportHasRatiosToTheFirstAndTheStepsOfEach() throws Exception {
    Race race = new Race(List.of(new Fixed("raw", 2000), new Fixed("ours", 3000)));
    race.run(0, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new Report(new PrintStream(out, true, StandardCharsets.UTF_8)).print(race.runs());

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("ours                1    3.0 ms    3.0 ms    3.0 ms    1.50")
        .containsPattern("spawn +0\\.8 +2\\.3 +1\\.5 +1\\.5  \\| {12}#{25} {13}\\|")
        .containsPattern("in no step +1\\.5");
  }

  @Test
  void theMonitorIsFoundInTheDriversCommandLine() throws IOException {
    assertThat(
            RawQemu.monitorOf(
                List.of(
                    "qemu",
                    "-chardev",
                    "socket,id=charserial0,path=/r/serial.sock,server=on",
                    "-chardev",
                    "socket,id=charmonitor,path=/r/run/monitor.sock,server=on,wait=off",
                    "-mon",
                    "chardev=charmonitor,id=monitor,mode=control")))
        .isEqualTo(Path.of("/r/run/monitor.sock"));
  }
}
