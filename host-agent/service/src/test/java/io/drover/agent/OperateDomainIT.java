package io.drover.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.testkit.AgentProcess;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.contracts.operation.DiskCopied;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.contracts.operation.Reset;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.contracts.operation.Resume;
import io.drover.contracts.operation.Suspend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations on a real guest by commands: events out, volumes and keys as they must be. */
class OperateDomainIT {
  private static final int MIB = 1 << 20;

  @TempDir static Path folder;
  private static TestBroker broker;
  private static AgentProcess agent;
  private final UUID domain = UUID.randomUUID();

  @BeforeAll
  static void startAgent() throws Exception {
    broker =
        TestBroker.start(
            folder.resolve("kafka"),
            Topics.DOMAIN_EVENTS,
            Topics.QMP_EVENTS,
            Topics.HOST_REPORTS,
            Topics.DEAD_LETTERS);
    startAgain(0);
  }

  private static void startAgain(long before) throws Exception {
    agent = AgentProcess.start(folder.resolve("h"), broker.servers());
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Files.exists(folder.resolve("h/agent/epoch")) && epoch() > before);
  }

  @AfterAll
  static void stopAgent() throws Exception {
    agent.close();
    broker.close();
  }

  @BeforeEach
  void startGuest() throws Exception {
    HostCommand start =
        new StartDomain(
            Commands.header(domain, 1, epoch()),
            "guest",
            TestGuest.diskless("guest-" + domain)
                .replace(
                    "</domain>",
                    "<features><acpi/></features><devices><controller type='scsi' model='virtio-scsi'/></devices></domain>"),
            List.of());
    send(start);
    until(start, DomainStarted.class);
  }

  @AfterEach
  void destroyGuest() throws Exception {
    HostCommand destroy = new StopDomain(Commands.header(domain, 1, epoch()), StopMode.DESTROY);
    send(destroy);
    until(destroy, DomainStopped.class);
  }

  @Test
  void aGuestIsSuspendedAndResumed() throws Exception {
    succeeds(new Suspend());
    observed("paused");
    succeeds(new Resume());
    observed("running");
  }

  @Test
  void anEncryptedVolumeIsAttachedGrownAndDetached() throws Exception {
    VolumeAttachment data = volume("data");
    OperateDomain attach = operate(new AttachDisk(disk("data", "sda"), Applies.LIVE), data);
    send(attach);
    assertThat(result(attach)).isInstanceOf(DiskAttached.class);
    refusesToDelete(data);
    OperateDomain twice = operate(new AttachDisk(disk("data", "sdb"), Applies.LIVE), data);
    send(twice);
    assertThat(failure(twice).running()).isTrue();
    refusesToDelete(data);

    assertThat(succeeds(new ResizeDisk("sda", 8 * MIB)))
        .isEqualTo(new DiskResized("sda", 8 * MIB, data.volumeId()));
    succeeds(new DetachDisk("sda", Applies.LIVE));
    delete(data);
  }

  @Test
  void aDiskIsCopiedAndTheOldVolumeIsFree() throws Exception {
    VolumeAttachment old = volume("old");
    VolumeAttachment copy = volume("copy");
    succeeds(new AttachDisk(disk("old", "sda"), Applies.LIVE), old);
    OperateDomain operation = operate(new CopyDisk("sda", disk("copy", "sda"), 0), copy);
    send(operation);
    assertThat(result(operation)).isInstanceOf(DiskCopied.class);
    delete(old);
    refusesToDelete(copy);
  }

  @Test
  void aCopyTellsHowFarItIsAndIsAborted() throws Exception {
    VolumeAttachment old = volume("old");
    VolumeAttachment copy = volume("copy");
    succeeds(new AttachDisk(disk("old", "sda"), Applies.LIVE), old);
    OperateDomain slow = operate(new CopyDisk("sda", disk("copy", "sda"), 4 * 1024), copy);
    send(slow);
    until(slow, OperationProgressed.class);
    AbortOperation abort =
        new AbortOperation(Commands.header(domain, 1, epoch()), slow.header().operationId());
    send(abort);
    until(abort, OperationSucceeded.class);
    assertThat(failure(slow).operation()).isEqualTo("blockcopy");
    delete(copy);
    refusesToDelete(old);
  }

  @Test
  void aCopyGoesOnAfterTheAgentWasKilled() throws Exception {
    VolumeAttachment old = volume("old");
    VolumeAttachment copy = volume("copy");
    succeeds(new AttachDisk(disk("old", "sda"), Applies.LIVE), old);
    OperateDomain operation = operate(new CopyDisk("sda", disk("copy", "sda"), 256 * 1024), copy);
    send(operation);
    until(operation, OperationProgressed.class);
    long before = epoch();
    agent.kill();
    startAgain(before);
    assertThat(result(operation)).isInstanceOf(DiskCopied.class);
    delete(old);
    refusesToDelete(copy);
  }

  /** A guest without an operating system releases its disks when it is reset. */
  @Test
  void aDiskThatIsReleasedAfterItsDetachingTimedOutIsToldAndItsVolumeIsFree() throws Exception {
    VolumeAttachment data = volume("data");
    succeeds(new AttachDisk(disk("data", "vdb", "virtio"), Applies.LIVE), data);
    OperateDomain detach = operate(new DetachDisk("vdb", Applies.LIVE));
    send(detach);
    assertThat(failure(detach).problem().code()).isEqualTo(ErrorCode.TIMED_OUT);
    refusesToDelete(data);

    succeeds(new Reset());

    DomainModified told =
        Events.until(
                broker,
                Duration.ofSeconds(60),
                events -> events.stream().anyMatch(e -> isLate(e, detach)))
            .stream()
            .filter(event -> isLate(event, detach))
            .map(event -> (DomainModified) event.data())
            .findFirst()
            .orElseThrow();
    assertThat(told.change()).isEqualTo(new DetachDisk("vdb", Applies.LIVE));
    assertThat(told.result()).isEqualTo(new DiskDetached("vdb", DiskDetached.Outcome.REMOVED));
    delete(data);
  }

  private static boolean isLate(Envelope<Object> event, HostCommand detach) {
    return isOf(event, detach) && event.data() instanceof DomainModified;
  }

  @Test
  void whatFailsSaysWhyAndLeavesTheVolumeFree() throws Exception {
    VolumeAttachment data = volume("data");
    OperateDomain missing = operate(new DetachDisk("sdz", Applies.LIVE));
    send(missing);
    assertThat(failure(missing).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
    OperateDomain unnamed = operate(new AttachDisk(disk("other", "sda"), Applies.LIVE), data);
    send(unnamed);
    assertThat(failure(unnamed).problem().detail()).contains("other");
    AbortOperation nothing =
        new AbortOperation(Commands.header(domain, 1, epoch()), new OperationId(UUID.randomUUID()));
    send(nothing);
    assertThat(failure(nothing).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
    delete(data);
  }

  private VolumeAttachment volume(String name) throws Exception {
    VolumeId id = new VolumeId(UUID.randomUUID());
    KeyId key = new KeyId(UUID.randomUUID());
    byte[] content = AgentProcess.image();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    ImageSource image =
        new ImageSource(new ImageId(UUID.randomUUID()), "raw", content.length, sha256);
    HostCommand create =
        new CreateVolume(
            Commands.header(id.value(), 1, epoch()), name, 4 * MIB, "qcow2", key, image);
    send(create);
    until(create, VolumeCreated.class);
    return new VolumeAttachment(id, name, key);
  }

  private static Disk disk(String volume, String target) {
    return disk(volume, target, "scsi");
  }

  private static Disk disk(String volume, String target, String bus) {
    return DeviceXml.read(
        "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>"
            + "<source pool='drover' volume='%s'/><target dev='%s' bus='%s'/></disk>"
                .formatted(volume, target, bus),
        Disk.class);
  }

  private OperateDomain operate(LiveOperation<?> operation, VolumeAttachment... volumes)
      throws Exception {
    return new OperateDomain(Commands.header(domain, 1, epoch()), operation, List.of(volumes));
  }

  private LiveResult succeeds(LiveOperation<?> operation, VolumeAttachment... volumes)
      throws Exception {
    OperateDomain command = operate(operation, volumes);
    send(command);
    return result(command);
  }

  private void refusesToDelete(VolumeAttachment volume) throws Exception {
    HostCommand delete = new DeleteVolume(Commands.header(volume.volumeId().value(), 1, epoch()));
    send(delete);
    assertThat(((VolumeFailed) until(delete, VolumeFailed.class)).problem().code())
        .isEqualTo(ErrorCode.IN_USE);
  }

  private void delete(VolumeAttachment volume) throws Exception {
    HostCommand delete = new DeleteVolume(Commands.header(volume.volumeId().value(), 1, epoch()));
    send(delete);
    until(delete, VolumeDeleted.class);
  }

  private LiveResult result(HostCommand command) {
    return ((OperationSucceeded) until(command, OperationSucceeded.class)).result();
  }

  private OperationFailed failure(HostCommand command) {
    return (OperationFailed) until(command, OperationFailed.class);
  }

  private void observed(String state) {
    Events.until(
        broker,
        Duration.ofSeconds(60),
        events ->
            events.stream()
                .anyMatch(
                    e ->
                        e.subject().equals(domain.toString())
                            && e.data() instanceof DomainObserved seen
                            && seen.state().equals(state)));
  }

  private void send(HostCommand command) throws Exception {
    String topic = Topics.hostCommands(HostId.parse(own("host-id")));
    await().atMost(Duration.ofSeconds(60)).until(() -> broker.topics().contains(topic));
    Commands.send(broker, topic, command);
  }

  /** The first event of the command of this type; another end of it fails at once. */
  private Object until(HostCommand command, Class<?> type) {
    return Events.until(
            broker,
            Duration.ofSeconds(90),
            events -> events.stream().anyMatch(e -> isOf(e, command) && isEnd(e, type)))
        .stream()
        .filter(e -> isOf(e, command) && isEnd(e, type))
        .map(Envelope::data)
        .peek(event -> assertThat(event).isInstanceOf(type))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isEnd(Envelope<Object> event, Class<?> type) {
    return type.isInstance(event.data())
        || event.data() instanceof OperationFailed
        || event.data() instanceof VolumeFailed;
  }

  private static boolean isOf(Envelope<Object> event, HostCommand command) {
    return command.header().operationId().equals(event.operationId());
  }

  private static long epoch() throws Exception {
    return Long.parseLong(own("epoch"));
  }

  private static String own(String file) throws Exception {
    return Files.readString(folder.resolve("h/agent/" + file)).strip();
  }
}
