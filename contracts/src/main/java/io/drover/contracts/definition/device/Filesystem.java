package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.VirtioOptions;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host that the guest mounts by a tag, over 9p or virtiofs.
 *
 * @param accessMode passthrough, mapped or squash
 * @param multidevs what happens to files of several host devices: remap, forbid or warn
 * @param fileMode of new files, octal; for mapped only
 * @param directoryMode of new directories, octal
 * @param source the directory; null when a socket stands for it
 * @param socket of a virtiofs daemon that somebody else runs
 * @param daemon how the virtiofs daemon is run; null for its defaults
 * @param hardLimitBytes of the space, for other hypervisors
 * @param softLimitBytes of the space, for other hypervisors
 */
public record Filesystem(
    DeviceInfo info,
    String accessMode,
    @Nullable String model,
    @Nullable String multidevs,
    @Nullable String fileMode,
    @Nullable String directoryMode,
    Driver driver,
    VirtioOptions virtio,
    @Nullable String source,
    @Nullable String socket,
    String target,
    boolean readonly,
    @Nullable Daemon daemon,
    @Nullable Long hardLimitBytes,
    @Nullable Long softLimitBytes)
    implements Device {
  public Filesystem {
    info = Defaults.or(info, DeviceInfo.NONE);
    driver = Defaults.or(driver, Driver.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  /**
   * How the directory gets to the guest.
   *
   * @param type path or handle for 9p, or virtiofs; null for path
   * @param format of an image, for other hypervisors
   * @param writePolicy immediate, or null
   * @param queueSize of virtiofs
   */
  public record Driver(
      @Nullable String type,
      @Nullable String format,
      @Nullable String writePolicy,
      @Nullable Integer queueSize) {
    public static final Driver NONE = new Driver(null, null, null, null);
  }

  /**
   * The process that serves a virtiofs.
   *
   * @param path of the program; null for the one that the host's descriptors name
   * @param xattr on or off
   * @param posixLocks on or off
   * @param flocks on or off
   * @param cache none or always
   * @param sandbox namespace or chroot
   * @param threads of its pool; 0 for none
   */
  public record Daemon(
      @Nullable String path,
      @Nullable String xattr,
      @Nullable String posixLocks,
      @Nullable String flocks,
      @Nullable String cache,
      @Nullable String sandbox,
      @Nullable Integer threads) {}

  /** Whether it is virtiofs. */
  public boolean byDaemon() {
    return "virtiofs".equals(driver.type());
  }

  @Override
  public Filesystem withInfo(DeviceInfo value) {
    return new Filesystem(
        value,
        accessMode,
        model,
        multidevs,
        fileMode,
        directoryMode,
        driver,
        virtio,
        source,
        socket,
        target,
        readonly,
        daemon,
        hardLimitBytes,
        softLimitBytes);
  }
}
