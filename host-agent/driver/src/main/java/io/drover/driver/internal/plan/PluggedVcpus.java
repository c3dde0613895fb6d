package io.drover.driver.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.cpu.Vcpus.Vcpu;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.qmp.QmpCommand;
import io.drover.driver.internal.qmp.QmpExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vCPUs that are plugged in before the guest runs: of those that QEMU starts with, none can be
 * pulled out later.
 *
 * @param numbers of the vCPUs, in the order in which they are plugged in
 */
public record PluggedVcpus(List<Integer> numbers) {
  public static final PluggedVcpus NONE = new PluggedVcpus(List.of());

  public PluggedVcpus {
    numbers = List.copyOf(numbers);
  }

  static PluggedVcpus of(DomainDefinition definition) {
    return new PluggedVcpus(
        definition.vcpus().each().stream()
            .filter(vcpu -> vcpu.enabled() && Boolean.TRUE.equals(vcpu.hotpluggable()))
            .sorted(Comparator.comparingInt(PluggedVcpus::turn).thenComparingInt(Vcpu::id))
            .map(Vcpu::id)
            .toList());
  }

  /** Either all of them have a turn or none. */
  private static int turn(Vcpu vcpu) {
    return vcpu.order() == null ? 0 : vcpu.order();
  }

  /** Has QEMU plug them in. */
  public void plug(QmpExecutor domain) {
    if (!numbers.isEmpty()) {
      commands(domain.execute(QmpCommand.query("query-hotpluggable-cpus")))
          .forEach(domain::execute);
    }
  }

  /**
   * @param places what {@code query-hotpluggable-cpus} answers: the last vCPU first
   */
  List<QmpCommand<QmpCommand.EmptyReply>> commands(JsonNode places) {
    List<JsonNode> ascending = new ArrayList<>();
    places.forEach(ascending::add);
    Collections.reverse(ascending);
    return numbers.stream().map(number -> add(number, ascending)).toList();
  }

  private static QmpCommand<QmpCommand.EmptyReply> add(int number, List<JsonNode> places) {
    if (number >= places.size() || places.get(number).has("qom-path")) {
      throw new ProblemException(
          ErrorCode.QEMU_START_FAILED,
          "QEMU has no free place for vCPU " + number + " among its " + places.size() + ".");
    }
    JsonNode place = places.get(number);
    Map<String, Object> device = new HashMap<>();
    device.put("driver", place.path("type").asText());
    device.put("id", "vcpu" + number);
    place.path("props").fields().forEachRemaining(id -> device.put(id.getKey(), id.getValue()));
    return QmpCommand.change("device_add", device);
  }
}
