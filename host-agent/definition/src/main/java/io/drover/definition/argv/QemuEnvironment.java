package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Audio;
import io.drover.contracts.definition.device.Graphics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a domain's QEMU, in libvirt's order. Nothing is inherited. Pure; for any
 * thread.
 */
public final class QemuEnvironment {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private QemuEnvironment() {}

  /**
   * All variables; the definition's own come last and win.
   *
   * @param folder the domain's own folder, for what QEMU's libraries keep at home
   */
  public static Map<String, String> of(DomainDefinition definition, String folder) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("LC_ALL", "C");
    variables.put("PATH", PATH);
    variables.put("HOME", folder);
    variables.put("XDG_DATA_HOME", folder + "/.local/share");
    variables.put("XDG_CACHE_HOME", folder + "/.cache");
    variables.put("XDG_CONFIG_HOME", folder + "/.config");
    for (Graphics graphics : definition.devices(Graphics.class)) {
      if (graphics.type().equals("sdl")) {
        put(variables, "XAUTHORITY", graphics.options().get("xauth"));
        put(variables, "DISPLAY", graphics.options().get("display"));
      }
    }
    for (Audio audio : definition.devices(Audio.class)) {
      if (audio.type().equals("sdl")) {
        put(variables, "SDL_AUDIODRIVER", audio.options().get("driver"));
      }
    }
    variables.putAll(definition.qemu().environment());
    return Collections.unmodifiableMap(variables);
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }
}
