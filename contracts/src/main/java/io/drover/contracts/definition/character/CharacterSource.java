package io.drover.contracts.definition.character;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** The host's end of a character device. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CharacterSource.Simple.class, name = "simple"),
  @JsonSubTypes.Type(value = CharacterSource.Unix.class, name = "unix"),
  @JsonSubTypes.Type(value = CharacterSource.Tcp.class, name = "tcp"),
  @JsonSubTypes.Type(value = CharacterSource.Udp.class, name = "udp"),
  @JsonSubTypes.Type(value = CharacterSource.HostPath.class, name = "path"),
  @JsonSubTypes.Type(value = CharacterSource.Spice.class, name = "spice"),
  @JsonSubTypes.Type(value = CharacterSource.VdAgent.class, name = "qemu-vdagent"),
  @JsonSubTypes.Type(value = CharacterSource.Dbus.class, name = "dbus")
})
public sealed interface CharacterSource {
  /**
   * One that needs no place on the host.
   *
   * @param kind pty, null, stdio or vc
   */
  record Simple(String kind) implements CharacterSource {}

  /**
   * A Unix socket.
   *
   * @param path null when the driver chooses it
   * @param mode bind or connect
   * @param reconnectSeconds 0 for never; null when not said
   */
  record Unix(@Nullable String path, @Nullable String mode, @Nullable Integer reconnectSeconds)
      implements CharacterSource {}

  /** {@code protocol} is raw, telnet, telnets or tls. */
  record Tcp(
      String host,
      String service,
      @Nullable String mode,
      @Nullable String protocol,
      @Nullable String tls,
      @Nullable Integer reconnectSeconds)
      implements CharacterSource {}

  record Udp(
      @Nullable String host,
      String service,
      @Nullable String bindHost,
      @Nullable String bindService)
      implements CharacterSource {}

  /**
   * A path of the host.
   *
   * @param kind file, dev or pipe
   * @param append on or off, for files
   */
  record HostPath(String kind, String path, @Nullable String append) implements CharacterSource {}

  /**
   * A channel of the SPICE display.
   *
   * @param channel the name of a spiceport; null for the agent's (spicevmc)
   */
  record Spice(@Nullable String channel) implements CharacterSource {}

  /**
   * QEMU's own side of the SPICE agent, for a display that is not SPICE.
   *
   * @param clipboard whether the clipboard is shared
   * @param mouse server or client
   */
  record VdAgent(@Nullable Boolean clipboard, @Nullable String mouse) implements CharacterSource {}

  /** A channel of the D-Bus display. */
  record Dbus(String channel) implements CharacterSource {}
}
