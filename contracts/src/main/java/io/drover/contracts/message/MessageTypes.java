package io.drover.contracts.message;

import static java.util.Map.entry;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.CreateVolume;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.DomainObserved;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.DomainStarted;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationForwarded;
import io.drover.contracts.event.OperationProgressed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.event.VolumeCreated;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The type string of each message. The string is what is versioned: it never changes, whatever the
 * class is called. A type of the next version is one more line; a class that reads two versions has
 * two lines and is written as the later one.
 */
public final class MessageTypes {
  /** One type a line, sorted. */
  private static final List<Entry<String, Class<?>>> TABLE =
      List.of(
          entry("io.drover.audit.key-audited.v1", KeyAudited.class),
          entry("io.drover.command.abort-operation.v1", AbortOperation.class),
          entry("io.drover.command.administer-host.v1", AdministerHost.class),
          entry("io.drover.command.create-volume.v1", CreateVolume.class),
          entry("io.drover.command.delete-domain.v1", DeleteDomain.class),
          entry("io.drover.command.delete-volume.v1", DeleteVolume.class),
          entry("io.drover.command.operate-domain.v1", OperateDomain.class),
          entry("io.drover.command.place-domain.v1", PlaceDomain.class),
          entry("io.drover.command.place-volume.v1", PlaceVolume.class),
          entry("io.drover.command.start-domain.v1", StartDomain.class),
          entry("io.drover.command.stop-domain.v1", StopDomain.class),
          entry("io.drover.event.command-superseded.v1", CommandSuperseded.class),
          entry("io.drover.event.domain-deleted.v1", DomainDeleted.class),
          entry("io.drover.event.domain-failed.v1", DomainFailed.class),
          entry("io.drover.event.domain-modified.v1", DomainModified.class),
          entry("io.drover.event.domain-observed.v1", DomainObserved.class),
          entry("io.drover.event.domain-placed.v1", DomainPlaced.class),
          entry("io.drover.event.domain-started.v1", DomainStarted.class),
          entry("io.drover.event.domain-stopped.v1", DomainStopped.class),
          entry("io.drover.event.operation-accepted.v1", OperationAccepted.class),
          entry("io.drover.event.operation-failed.v1", OperationFailed.class),
          entry("io.drover.event.operation-forwarded.v1", OperationForwarded.class),
          entry("io.drover.event.operation-progressed.v1", OperationProgressed.class),
          entry("io.drover.event.operation-succeeded.v1", OperationSucceeded.class),
          entry("io.drover.event.placement-refused.v1", PlacementRefused.class),
          entry("io.drover.event.step-completed.v1", StepCompleted.class),
          entry("io.drover.event.volume-created.v1", VolumeCreated.class),
          entry("io.drover.event.volume-deleted.v1", VolumeDeleted.class),
          entry("io.drover.event.volume-failed.v1", VolumeFailed.class),
          entry("io.drover.event.volume-placed.v1", VolumePlaced.class),
          entry("io.drover.report.host-report.v1", HostReport.class),
          entry("io.drover.report.host-state.v1", HostState.class));

  private static final Map<String, Class<?>> BY_TYPE = byType(TABLE);
  private static final Map<Class<?>, String> BY_CLASS = byClass(TABLE);

  private MessageTypes() {}

  /** The type string that a message class is written with. */
  public static String of(Class<?> message) {
    String type = BY_CLASS.get(message);
    if (type == null) {
      throw new IllegalArgumentException(
          message + " is not a message; give it a line in " + MessageTypes.class);
    }
    return type;
  }

  /** The class of a type string; empty for a type that this version does not know. */
  public static Optional<Class<?>> find(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** All type strings, sorted. */
  public static Collection<String> all() {
    return new TreeSet<>(BY_TYPE.keySet());
  }

  static Map<String, Class<?>> byType(List<Entry<String, Class<?>>> table) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Entry<String, Class<?>> line : table) {
      Class<?> other = types.putIfAbsent(line.getKey(), line.getValue());
      if (other != null) {
        throw new IllegalStateException(line.getKey() + " has two lines");
      }
    }
    return types;
  }

  static Map<Class<?>, String> byClass(List<Entry<String, Class<?>>> table) {
    Map<Class<?>, String> types = new LinkedHashMap<>();
    table.forEach(line -> types.put(line.getValue(), line.getKey()));
    return types;
  }
}
