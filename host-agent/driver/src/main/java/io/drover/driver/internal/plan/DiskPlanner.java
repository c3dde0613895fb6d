package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.definition.argv.DeviceParts;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.MemoryFolders;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.complete.PluggedDevice;
import io.drover.definition.complete.PostParse;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.HostFileAccess;
import io.drover.driver.internal.operation.disk.DiskKeys;
import io.drover.driver.internal.operation.disk.DiskPlans;
import io.drover.driver.internal.operation.disk.Disks;
import io.drover.driver.internal.operation.disk.NodeIndexes;
import io.drover.driver.internal.secret.DomainSecrets;
import io.drover.driver.internal.secret.MasterKey;
import io.drover.driver.internal.storage.ImageChains;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plans disks of running machines as {@link DefinitionPlanner} plans those of a start. */
public final class DiskPlanner implements DiskPlans {
  private static final String KEY_ID = "keyid";
  private final DriverLayout layout;
  private final DriverOptions options;
  private final DomainSecrets secrets;
  private final CapabilitySource capabilities;
  private final ImageChains chains;

  public DiskPlanner(
      DriverLayout layout,
      DriverOptions options,
      DomainSecrets secrets,
      CapabilitySource capabilities) {
    this.layout = layout;
    this.options = options;
    this.secrets = secrets;
    this.capabilities = capabilities;
    this.chains = new ImageChains(new HostFileAccess(options.qemuUser()));
  }

  @Override
  public Disk complete(DomainDefinition running, Disk disk) {
    DiskImage image = disk.image();
    Disk placed = image == null ? disk : disk.withImage(resolve(disk, image));
    EmulatorChoice choice = EmulatorChoice.of(running, capabilities.offering(running));
    PluggedDevice plugged = PostParse.completeOne(running, placed, choice.facts());
    if (!plugged.brought().isEmpty() || !(plugged.device() instanceof Disk complete)) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The running machine has no controller for the disk "
              + disk.target().dev()
              + "; choose another bus, or add the controller to the persistent definition and start"
              + " the domain again.");
    }
    return complete;
  }

  @Override
  public DiskImage resolve(Disk disk, DiskImage image) {
    return chains.whole(
        disk, new PoolVolumes(options.volumes()).resolve(disk.target().dev(), image));
  }

  /**
   * The key of the start is gone from here by now: what is sealed for this disk alone is sealed
   * with a key of its own, which QEMU gets over its monitor, and loses when the images are open.
   */
  @Override
  public Opening opening(DomainDefinition running, Disk disk, Path folder) {
    try (MasterKey key = new MasterKey(options.random())) {
      SecretMaterial material = secrets.seal(running.withDevices(List.of(disk)), null, key);
      DevicePart part =
          DeviceParts.disk(
              running,
              disk,
              NodeIndexes.with(running, disk),
              host(running, folder, HostBindings.of(Map.of(), DisplaySecurity.NONE)),
              material);
      String id = DiskKeys.id(Disks.alias(disk));
      List<Map<String, Object>> keys =
          sealed(part)
              ? List.of(
                  Map.of("qom-type", "secret", "id", id, "data", key.base64(), "format", "base64"))
              : List.of();
      return new Opening(sealedWith(part, id), keys);
    }
  }

  private static boolean sealed(DevicePart part) {
    return part.objects().stream().anyMatch(object -> object.members().containsKey(KEY_ID));
  }

  private static DevicePart sealedWith(DevicePart part, String key) {
    return new DevicePart(part.options().stream().map(option -> sealedWith(option, key)).toList());
  }

  private static QemuOption sealedWith(QemuOption option, String key) {
    if (option instanceof JsonOption json && json.members().containsKey(KEY_ID)) {
      Map<String, @Nullable Object> members = new HashMap<>(json.members());
      members.put(KEY_ID, key);
      return new JsonOption(json.kind(), members);
    }
    return option;
  }

  @Override
  public DevicePart parts(DomainDefinition running, Disk disk, Path folder) {
    return DeviceParts.disk(
        running,
        disk,
        NodeIndexes.with(running, disk),
        host(running, folder, HostBindings.placeholders()),
        SecretMaterial.placeholders());
  }

  private HostLayout host(DomainDefinition running, Path folder, HostBindings bindings) {
    UUID uuid = running.uuid() == null ? new UUID(0, 0) : running.uuid();
    HugePageMounts mounts = HugePageMounts.ofHost();
    return new HostLayout(
        folder.resolve(DomainFolder.MONITOR).toString(),
        folder.resolve("master-key.aes").toString(),
        folder.toString(),
        layout.nvram(new DomainId(uuid)).toString(),
        null,
        0,
        Map.of(),
        new MemoryFolders(folder.toString(), mounts.byKib(), mounts.defaultKib()),
        bindings,
        false,
        Instant.EPOCH);
  }
}
