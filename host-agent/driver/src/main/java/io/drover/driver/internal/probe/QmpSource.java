package io.drover.driver.internal.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Something that can be asked over QMP: an emulator, or the record of one. */
interface QmpSource {
  /** The answer; empty when the question is refused. */
  Optional<JsonNode> ask(String command, Map<String, ?> arguments);
}
