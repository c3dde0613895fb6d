package io.drover.contracts.definition.storage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.SecretReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a disk image is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DiskSource.File.class, name = "file"),
  @JsonSubTypes.Type(value = DiskSource.Block.class, name = "block"),
  @JsonSubTypes.Type(value = DiskSource.Directory.class, name = "dir"),
  @JsonSubTypes.Type(value = DiskSource.PooledVolume.class, name = "volume"),
  @JsonSubTypes.Type(value = DiskSource.Network.class, name = "network"),
  @JsonSubTypes.Type(value = DiskSource.Nvme.class, name = "nvme"),
  @JsonSubTypes.Type(value = DiskSource.VhostUser.class, name = "vhostuser")
})
public sealed interface DiskSource {
  /**
   * A file of the host.
   *
   * @param fdGroup the descriptors that stand for the file, when it is opened by somebody else
   */
  record File(String path, @Nullable String fdGroup) implements DiskSource {}

  /** A block device of the host. */
  record Block(String path) implements DiskSource {}

  /** A directory of the host, shown as a FAT file system. */
  record Directory(String path) implements DiskSource {}

  /**
   * A volume of a pool; in the cloud the pool is {@code drover}.
   *
   * @param mode how an iSCSI pool's volume is reached: host or direct
   */
  record PooledVolume(String pool, String volume, @Nullable String mode) implements DiskSource {}

  /** An image that a server has. */
  record Network(
      String protocol,
      @Nullable String name,
      @Nullable String query,
      List<NetworkHost> hosts,
      @Nullable String snapshot,
      @Nullable String configFile,
      @Nullable Auth auth,
      NetworkOptions options)
      implements DiskSource {
    public Network {
      hosts = Defaults.list(hosts);
      options = Defaults.or(options, NetworkOptions.NONE);
    }
  }

  /** A name space of an NVMe controller that is taken from the host. */
  record Nvme(Address.Pci address, long namespace, @Nullable Boolean managed)
      implements DiskSource {}

  /**
   * A socket where another process serves the whole disk to the guest.
   *
   * @param reconnectSeconds the pause before a lost connection is made again; 0 for never; null
   *     when not said
   */
  record VhostUser(String path, @Nullable Integer reconnectSeconds) implements DiskSource {}

  /** A server; {@code transport} is tcp, unix or rdma. */
  record NetworkHost(
      @Nullable String name,
      @Nullable Integer port,
      @Nullable String transport,
      @Nullable String socket) {}

  /** Who asks, and the secret that proves it. */
  record Auth(String username, @Nullable String secretType, SecretReference secret) {}
}
