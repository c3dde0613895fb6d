package io.drover.agent.command;

import io.drover.contracts.command.HostCommand;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import java.util.Map;

/**
 * A command as the journal keeps it: the record as it came.
 *
 * @param order grows with each entry; the order of arrival
 */
record CommandEntry(long order, Map<String, byte[]> headers, byte[] value) {
  HostCommand command() {
    return (HostCommand) CloudEvents.read(headers, value).data();
  }

  byte[] encode() {
    return ContractJson.write(this);
  }

  static CommandEntry decode(byte[] bytes) {
    return ContractJson.read(bytes, CommandEntry.class);
  }
}
