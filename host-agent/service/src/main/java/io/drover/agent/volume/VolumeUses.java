package io.drover.agent.volume;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.VolumeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which domain has which volume open, and which are under removal. Two guests that write to one
 * file system destroy it, so a volume has one user at a time. Thread-safe.
 */
public final class VolumeUses implements VolumeUse {
  private final Map<VolumeId, DomainId> users = new HashMap<>();
  private final Set<VolumeId> removals = new HashSet<>();

  /** Takes all of them for the domain, or none. */
  public synchronized void take(DomainId domain, Collection<VolumeId> volumes) {
    for (VolumeId volume : volumes) {
      DomainId user = users.get(volume);
      if (user != null && !user.equals(domain)) {
        throw new ProblemException(
            ErrorCode.IN_USE,
            "The volume " + volume + " is open in domain " + user + "; stop that one first.");
      }
      if (removals.contains(volume)) {
        throw new ProblemException(
            ErrorCode.IN_USE,
            "The volume " + volume + " is being deleted; start the domain without it.");
      }
    }
    volumes.forEach(volume -> users.put(volume, domain));
  }

  /** The domain has ended. */
  public synchronized void release(DomainId domain) {
    users.values().removeIf(domain::equals);
  }

  /** The domain has these no longer open. */
  public synchronized void release(DomainId domain, Collection<VolumeId> volumes) {
    volumes.forEach(volume -> users.remove(volume, domain));
  }

  @Override
  public synchronized Removal claimForRemoval(VolumeId volume) {
    DomainId user = users.get(volume);
    if (user != null) {
      throw new ProblemException(
          ErrorCode.IN_USE,
          "The running domain "
              + user
              + " has the volume "
              + volume
              + " open; stop the domain first.");
    }
    if (!removals.add(volume)) {
      throw new ProblemException(
          ErrorCode.IN_USE, "The volume " + volume + " is being deleted already; wait for that.");
    }
    return () -> endRemoval(volume);
  }

  private synchronized void endRemoval(VolumeId volume) {
    removals.remove(volume);
  }
}
