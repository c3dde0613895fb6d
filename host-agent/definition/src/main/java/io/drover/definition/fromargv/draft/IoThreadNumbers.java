package io.drover.definition.fromargv.draft;

import io.drover.definition.fromargv.line.Values;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The numbers of I/O threads. A command line names them as it likes, for the host's side alone; a
 * name that libvirt makes keeps the number in it.
 */
public final class IoThreadNumbers {
  private static final String GENERATED = "iothread[1-9]\\d{0,8}";
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** Of the objects among these, in their order. */
  public IoThreadNumbers(Map<String, Values> objects) {
    Set<Integer> taken = new HashSet<>();
    objects.forEach(
        (id, object) -> {
          if (object.is("qom-type", "iothread")) {
            boolean own = id.matches(GENERATED);
            int number = own ? Integer.parseInt(id.substring("iothread".length())) : 0;
            numbers.put(id, number);
            taken.add(number);
          }
        });
    int next = 1;
    for (Map.Entry<String, Integer> each : numbers.entrySet()) {
      while (each.getValue() == 0 && !taken.add(next)) {
        next++;
      }
      if (each.getValue() == 0) {
        each.setValue(next);
      }
    }
  }

  /** The number of the thread with this id. */
  public OptionalInt of(String id) {
    Integer number = numbers.get(id);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** All, by id. */
  public Map<String, Integer> all() {
    return numbers;
  }
}
