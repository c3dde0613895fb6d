package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.VolumeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolVolumesTest {
  private static final DiskSource.Network TARGET =
      new DiskSource.Network(
          "iscsi",
          "iqn.2013-07.com.example:pool/1",
          null,
          List.of(new DiskSource.NetworkHost("t.example", null, null, null)),
          null,
          null,
          null,
          null);
  private static final Map<String, VolumeSource.PoolVolume> POOLS =
      Map.of(
          "files/a", new VolumeSource.PoolVolume(new DiskSource.File("/pool/a", null), null),
          "files/b", new VolumeSource.PoolVolume(new DiskSource.File("/pool/b", null), null),
          "iscsi/1", new VolumeSource.PoolVolume(new DiskSource.Block("/dev/by-path/1"), TARGET),
          "direct/1", new VolumeSource.PoolVolume(null, TARGET));

  @Test
  void aVolumeIsWhatItsPoolSays() {
    assertThat(source("<source pool='files' volume='a'/>"))
        .isEqualTo(new DiskSource.File("/pool/a", null));
    assertThat(source("<source pool='iscsi' volume='1'/>"))
        .isEqualTo(new DiskSource.Block("/dev/by-path/1"));
  }

  @Test
  void theModeChoosesHowIscsiIsReached() {
    assertThat(source("<source pool='iscsi' volume='1' mode='host'/>"))
        .isEqualTo(new DiskSource.Block("/dev/by-path/1"));
    assertThat(source("<source pool='iscsi' volume='1' mode='direct'/>")).isEqualTo(TARGET);
    assertThat(source("<source pool='direct' volume='1'/>")).isEqualTo(TARGET);
    assertRefused("<source pool='direct' volume='1' mode='host'/>", "mode='direct' only");
    assertRefused("<source pool='files' volume='a' mode='host'/>", "iSCSI pools only");
  }

  @Test
  void aVolumeThatNoPoolHasIsRefusedByName() {
    assertRefused(
        "<source pool='files' volume='z'/>", "The volume 'z' of the pool 'files' is not on this");
    assertRefused("<source pool='iscsi' volume='1' startupPolicy='optional'/>", "startupPolicy");
  }

  @Test
  void theChainBelowIsResolvedToo() {
    DiskImage image =
        image(
            "<source pool='files' volume='a'/><backingStore type='volume'><format type='raw'/>"
                + "<source pool='files' volume='b'/><backingStore/></backingStore>");

    assertThat(image.backing())
        .extracting(DiskImage::source)
        .isEqualTo(new DiskSource.File("/pool/b", null));
  }

  @Test
  void aDriveStartsEmptyWithoutItsOptionalVolume() {
    DomainDefinition resolved =
        resolve("cdrom", "<source pool='files' volume='z' startupPolicy='optional'/>", "sda");

    assertThat(resolved.devices(Disk.class)).extracting(Disk::image).containsOnlyNulls();
  }

  private static void assertRefused(String source, String detail) {
    assertThatThrownBy(() -> source(source))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(detail);
  }

  private static DiskSource source(String source) {
    return image(source).source();
  }

  private static DiskImage image(String source) {
    return resolve("disk", source, "vda").devices(Disk.class).get(0).image();
  }

  private static DomainDefinition resolve(String device, String source, String name) {
    String disk =
        "<disk type='volume' device='%s'>%s<target dev='%s'/></disk>"
            .formatted(device, source, name);
    VolumeSource pools = (pool, volume) -> Optional.ofNullable(POOLS.get(pool + "/" + volume));
    return new PoolVolumes(pools)
        .resolve(
            DomainXml.read(
                "<domain type='qemu'><name>a</name><memory>1024</memory><os><type>hvm</type></os>"
                    + "<devices>"
                    + disk
                    + "</devices></domain>"));
  }
}
