package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.standalone.cluster.RestartListener;
import io.drover.standalone.cluster.Supervision;
import io.drover.standalone.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A supervised part that is killed is started again; no other part and no guest notices. The other
 * services are started as the gateway is.
 */
@ExtendWith(SharedSuite.class)
class RestartedPartFaultIT {
  /** What the supervision told, in order. */
  private static final class Told implements RestartListener {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void exited(String part, int status, Duration pause, Path log) {
      lines.add(part + " exited with " + status + ", restart in " + pause.toSeconds() + " s");
    }

    @Override
    public void restarted(String part, Duration took) {
      lines.add(part + " restarted");
    }

    @Override
    public void notReady(String part, String cause) {
      lines.add(part + " not ready: " + cause);
    }

    String next() throws InterruptedException {
      return lines.poll(RunningSuite.patience().toSeconds(), TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "host-agent", "keycloak", "postgresql"})
  void comesBackWhileTheOthersKeepRunning(String part, RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String name = "beside-" + part;
    String id = demo.start(name, DomainXml.diskless(name)).path("id").asText();
    long guest = suite.qemusOf(id).get(0).pid();
    Map<String, Long> before = pids(suite);
    Told told = new Told();

    try (Supervision supervision = suite.suite().supervise(told)) {
      ProcessHandle.of(before.get(part)).orElseThrow().destroyForcibly();

      assertThat(told.next()).isEqualTo(part + " exited with 137, restart in 1 s");
      assertThat(told.next()).isEqualTo(part + " restarted");
    }

    Map<String, Long> after = pids(suite);
    assertThat(after.remove(part)).isNotEqualTo(before.remove(part));
    assertThat(after).isEqualTo(before);
    assertThat(suite.qemusOf(id)).extracting(ProcessHandle::pid).containsExactly(guest);
    Awaitility.await("an answer about the guest")
        .atMost(RunningSuite.patience())
        .ignoreExceptionsMatching(failure -> true)
        .until(() -> demo.domain(name).path("phase").asText().equals("RUNNING"));
    Awaitility.await("the end of the guest, as the API commands")
        .atMost(RunningSuite.patience())
        .ignoreExceptionsMatching(failure -> true)
        .until(() -> demo.change(name, "destroy").path("phase").asText().equals("STOPPED"));
    demo.delete(name);
  }

  private static Map<String, Long> pids(RunningSuite suite) {
    return suite
        .suite()
        .processes()
        .collect(Collectors.toMap(ChildProcess::name, ChildProcess::pid));
  }
}
