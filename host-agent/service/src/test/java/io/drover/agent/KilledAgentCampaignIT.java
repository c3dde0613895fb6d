package io.drover.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.agent.testkit.AgentProcess;
import io.drover.agent.testkit.Commands;
import io.drover.agent.testkit.Events;
import io.drover.agent.testkit.TestBroker;
import io.drover.agent.testkit.TestGuest;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.ImageSource;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.VolumeAttachment;
import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.ImageId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.LiveOperation;
import io.drover.driver.Domain;
import io.drover.driver.DriverOptions;
import io.drover.driver.QemuDriver;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks of a running guest come, go and are copied while the agent is killed at random. What a kill
 * makes end without success has changed nothing: asked for again, it succeeds. How often, and by
 * which seed, properties say: {@code drover.campaign.kills}, {@code drover.campaign.cycles}, {@code
 * drover.campaign.copies}, {@code drover.campaign.seed}.
 */
@Tag("nightly")
class KilledAgentCampaignIT {
  private static final int MIB = 1 << 20;
  private static final int KILLS = Integer.getInteger("drover.campaign.kills", 20);
  private static final int CYCLES = Integer.getInteger("drover.campaign.cycles", 200);
  private static final int COPIES = Integer.getInteger("drover.campaign.copies", 20);
  private static final Set<Class<?>> ENDS =
      Set.of(
          CommandSuperseded.class,
          DomainFailed.class,
          DomainStarted.class,
          OperationFailed.class,
          OperationSucceeded.class,
          VolumeCreated.class,
          VolumeDeleted.class,
          VolumeFailed.class);

  @TempDir Path folder;
  private final Random random = new Random(Long.getLong("drover.campaign.seed", 20261129));
  private final UUID domain = UUID.randomUUID();
  private TestBroker broker;
  private AgentProcess agent;
  private long epoch;

  @BeforeEach
  void startGuest() throws Exception {
    broker =
        TestBroker.start(
            folder.resolve("kafka"),
            Topics.DOMAIN_EVENTS,
            Topics.QMP_EVENTS,
            Topics.HOST_REPORTS,
            Topics.DEAD_LETTERS);
    startAgent();
    String definition =
        TestGuest.diskless("campaign")
            .replace(
                "</domain>",
                "<devices><controller type='scsi' model='virtio-scsi'/></devices></domain>");
    succeeds(new StartDomain(Commands.header(domain, 1, epoch), "campaign", definition, List.of()));
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    broker.close();
    try (QemuDriver driver = driver()) {
      driver.domains().forEach(Domain::destroy);
    }
  }

  @Test
  void noDiskIsLostOrDoubledOrHalfAttached() throws Exception {
    VolumeAttachment data = volume();
    Set<Integer> killed = new HashSet<>();
    while (killed.size() < Math.min(KILLS, 2 * CYCLES)) {
      killed.add(random.nextInt(2 * CYCLES));
    }
    for (int turn = 0; turn < 2 * CYCLES; turn++) {
      LiveOperation<?> operation =
          turn % 2 == 0
              ? new AttachDisk(disk(data), Applies.LIVE)
              : new DetachDisk("sda", Applies.LIVE);
      if (!killed.contains(turn)) {
        succeeds(operate(operation, data));
      } else if (!(killedIn(operate(operation, data), 80) instanceof OperationSucceeded)) {
        succeeds(operate(operation, data));
      }
    }
    delete(data);
    nothingIsLeftOf(List.of(data));
  }

  @Test
  void aCopyEndsOnOneVolumeAndTheOtherIsFree() throws Exception {
    VolumeAttachment current = volume();
    succeeds(operate(new AttachDisk(disk(current), Applies.LIVE), current));
    for (int copies = 0; copies < COPIES; copies++) {
      VolumeAttachment copy = volume();
      Object end = killedIn(operate(new CopyDisk("sda", disk(copy), MIB), copy), 2_000);
      VolumeAttachment free = end instanceof OperationSucceeded ? current : copy;
      current = end instanceof OperationSucceeded ? copy : current;
      assertThat(end(new DeleteVolume(Commands.header(current.volumeId().value(), 1, epoch))))
          .isInstanceOf(VolumeFailed.class);
      delete(free);
    }
    succeeds(operate(new DetachDisk("sda", Applies.LIVE)));
    delete(current);
    nothingIsLeftOf(List.of(current));
  }

  /** Kills the agent at a random instant after it was sent; how it has ended, by the next agent. */
  private Object killedIn(OperateDomain command, int withinMillis) throws Exception {
    send(command);
    agent.killAfter(Duration.ofMillis(random.nextInt(withinMillis)));
    startAgent();
    return awaitEnd(command);
  }

  private void nothingIsLeftOf(List<VolumeAttachment> volumes) throws Exception {
    agent.kill();
    try (QemuDriver driver = driver()) {
      Domain running = driver.domains().get(0);
      assertThat(running.jobs()).isEmpty();
      assertThat(running.definition().devices(Disk.class)).isEmpty();
      for (VolumeAttachment volume : volumes) {
        assertThat(running.qmp("query-named-block-nodes", "{}"))
            .doesNotContain(volume.volumeId().toString());
      }
    }
    try (Stream<Path> files = Files.walk(folder.resolve("h"))) {
      List<String> names = files.map(Path::toString).toList();
      volumes.forEach(
          volume ->
              assertThat(names).noneMatch(name -> name.contains(volume.volumeId().toString())));
    }
  }

  private void startAgent() throws Exception {
    Path file = folder.resolve("h/agent/epoch");
    agent = AgentProcess.start(folder.resolve("h"), broker.servers());
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Files.exists(file) && Long.parseLong(Files.readString(file).strip()) > epoch);
    epoch = Long.parseLong(Files.readString(file).strip());
  }

  private QemuDriver driver() {
    return QemuDriver.open(
        URI.create("qemu:///embed?root=" + folder.resolve("h")),
        DriverOptions.builder().qemuAsRoot(true).build());
  }

  private VolumeAttachment volume() throws Exception {
    VolumeId id = new VolumeId(UUID.randomUUID());
    KeyId key = new KeyId(UUID.randomUUID());
    byte[] content = AgentProcess.image();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    ImageSource image =
        new ImageSource(new ImageId(UUID.randomUUID()), "raw", content.length, sha256);
    String name = "v" + id.toString().substring(0, 8);
    succeeds(
        new CreateVolume(
            Commands.header(id.value(), 1, epoch), name, 4 * MIB, "qcow2", key, image));
    return new VolumeAttachment(id, name, key);
  }

  private void delete(VolumeAttachment volume) throws Exception {
    succeeds(new DeleteVolume(Commands.header(volume.volumeId().value(), 1, epoch)));
  }

  private static Disk disk(VolumeAttachment volume) {
    return DeviceXml.read(
        "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>"
            + "<source pool='drover' volume='%s'/><target dev='sda' bus='scsi'/></disk>"
                .formatted(volume.name()),
        Disk.class);
  }

  private OperateDomain operate(LiveOperation<?> operation, VolumeAttachment... volumes) {
    return new OperateDomain(Commands.header(domain, 1, epoch), operation, List.of(volumes));
  }

  private void succeeds(HostCommand command) throws Exception {
    assertThat(end(command))
        .isNotInstanceOfAny(
            CommandSuperseded.class, DomainFailed.class, OperationFailed.class, VolumeFailed.class);
  }

  private Object end(HostCommand command) throws Exception {
    send(command);
    return awaitEnd(command);
  }

  private void send(HostCommand command) throws Exception {
    HostId host = HostId.parse(Files.readString(folder.resolve("h/agent/host-id")).strip());
    String topic = Topics.hostCommands(host);
    await().atMost(Duration.ofSeconds(60)).until(() -> broker.topics().contains(topic));
    Commands.send(broker, topic, command);
  }

  private Object awaitEnd(HostCommand command) {
    return Events.until(
            broker,
            Duration.ofSeconds(90),
            events -> events.stream().anyMatch(e -> ends(e, command)))
        .stream()
        .filter(event -> ends(event, command))
        .map(Envelope::data)
        .findFirst()
        .orElseThrow();
  }

  private static boolean ends(Envelope<Object> event, HostCommand command) {
    return command.header().operationId().equals(event.operationId())
        && ENDS.contains(event.data().getClass());
  }
}
