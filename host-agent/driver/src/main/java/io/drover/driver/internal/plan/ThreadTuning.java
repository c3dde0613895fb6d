package io.drover.driver.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.CpuSet;
import io.drover.contracts.definition.cpu.CpuTuning;
import io.drover.contracts.definition.cpu.CpuTuning.Scheduler;
import io.drover.contracts.definition.cpu.Vcpus;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.HostThreads;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On which CPUs of the host the threads of a QEMU run, and by which schedulers. What has no pin of
 * its own runs where {@code <vcpu cpuset=..>} says.
 *
 * @param all the CPUs for what nothing is said of; null for all
 * @param emulator the CPUs of QEMU's own threads; null as for {@code all}
 * @param vcpus the CPUs of vCPUs by their numbers
 * @param iothreads the CPUs of I/O threads by their numbers
 */
public record ThreadTuning(
    @Nullable String all,
    @Nullable String emulator,
    Map<String, String> vcpus,
    Map<String, String> iothreads,
    List<Scheduler> schedulers) {
  public static final ThreadTuning NONE =
      new ThreadTuning(null, null, Map.of(), Map.of(), List.of());
  private static final String EVERY_CPU = "0-16383";
  private static final String IOTHREAD = "iothread";
  private static final Pattern NUMBERED = Pattern.compile("([a-z]*)(\\d{1,9})");

  public ThreadTuning {
    vcpus = Map.copyOf(vcpus);
    iothreads = Map.copyOf(iothreads);
    schedulers = List.copyOf(schedulers);
  }

  static ThreadTuning of(DomainDefinition definition) {
    Vcpus vcpus = definition.vcpus();
    CpuTuning tuning = definition.tuning().cpu();
    return new ThreadTuning(
        "auto".equals(vcpus.placement()) ? null : vcpus.cpuset(),
        tuning.emulatorPin(),
        tuning.vcpuPins(),
        tuning.iothreadPins(),
        tuning.schedulers());
  }

  private boolean pins() {
    return all != null || emulator != null || !vcpus.isEmpty() || !iothreads.isEmpty();
  }

  /**
   * Does what is asked, before the guest runs.
   *
   * @param process of the QEMU
   * @throws ProblemException {@code QEMU_START_FAILED} when the host refuses
   */
  public void apply(QmpExecutor qemu, long process, HostThreads host) {
    if (!pins() && schedulers.isEmpty()) {
      return;
    }
    Map<Integer, Long> cpuThreads =
        threads(qemu.execute(QmpCommand.query("query-cpus-fast")), "cpu-index", "");
    Map<Integer, Long> ioThreads =
        threads(qemu.execute(QmpCommand.query("query-iothreads")), "id", IOTHREAD);
    Stream.of(cpuThreads, ioThreads)
        .flatMap(threads -> threads.values().stream())
        .forEach(thread -> host.requireOf(process, thread));
    if (!vcpus.isEmpty() || schedulers.stream().anyMatch(each -> each.threads().equals("vcpu"))) {
      requireOwnThreads(cpuThreads);
    }
    if (pins()) {
      String own = emulator != null ? emulator : all;
      Optional.ofNullable(own).ifPresent(cpus -> host.pinAll(process, cpus));
      cpuThreads.forEach((number, thread) -> pin(host, thread, vcpus.get(number.toString()), own));
      ioThreads.forEach(
          (number, thread) -> pin(host, thread, iothreads.get(number.toString()), own));
    }
    for (Scheduler scheduler : schedulers) {
      schedule(host, scheduler, process, cpuThreads, ioThreads);
    }
  }

  /** QEMU's own CPUs are not those of its guest. */
  private void pin(HostThreads host, long thread, @Nullable String cpus, @Nullable String own) {
    String wanted = cpus != null ? cpus : all;
    if (wanted != null) {
      host.pin(thread, wanted);
    } else if (own != null) {
      host.pin(thread, EVERY_CPU);
    }
  }

  private static void schedule(
      HostThreads host,
      Scheduler scheduler,
      long process,
      Map<Integer, Long> cpuThreads,
      Map<Integer, Long> ioThreads) {
    int priority = scheduler.priority() == null ? 0 : scheduler.priority();
    if (scheduler.set() == null) {
      host.schedule(process, scheduler.policy(), priority);
      return;
    }
    Map<Integer, Long> threads = scheduler.threads().equals(IOTHREAD) ? ioThreads : cpuThreads;
    for (int number : CpuSet.numbers(scheduler.set())) {
      Long thread = threads.get(number); // a vCPU that is not there yet has none
      if (thread != null) {
        host.schedule(thread, scheduler.policy(), priority);
      }
    }
  }

  private static Map<Integer, Long> threads(JsonNode answer, String key, String prefix) {
    Map<Integer, Long> found = new TreeMap<>();
    for (JsonNode each : answer) {
      Matcher name = NUMBERED.matcher(each.path(key).asText());
      // Threads that stand in no definition have other names.
      if (name.matches() && name.group(1).equals(prefix)) {
        found.put(Integer.parseInt(name.group(2)), each.path("thread-id").asLong());
      }
    }
    return found;
  }

  private static void requireOwnThreads(Map<Integer, Long> cpuThreads) {
    if (new HashSet<>(cpuThreads.values()).size() < cpuThreads.size()) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "This QEMU runs all vCPUs in one thread: they cannot be pinned or scheduled one by one.");
    }
  }
}
