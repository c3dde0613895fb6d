package io.drover.definition.complete;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import java.util.List;

/**
 * A device that was completed for a domain that runs.
 *
 * @param definition the running definition with the device and what it brings; all other devices
 *     are as they were
 * @param device the device with its alias and its address
 * @param brought the controllers that the domain lacked for it; they are plugged in before the
 *     device, in this order
 */
public record PluggedDevice(DomainDefinition definition, Device device, List<Controller> brought) {
  public PluggedDevice {
    brought = List.copyOf(brought);
  }
}
