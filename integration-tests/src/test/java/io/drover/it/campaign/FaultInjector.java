package io.drover.it.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does to the suite what a schedule says, and mends it again. Faults overlap: the next one begins
 * while others last, or their parts start again. For one thread.
 */
final class FaultInjector {
  private static final int AT_ONCE = 3;

  /** A backup is at most so many faults old. */
  private static final int BACKUP_EVERY = 4;

  /** After so many faults the suite is whole for a while, in which tenants get on. */
  private static final int GROUP = 5;

  private static final Duration WHOLE = Duration.ofSeconds(4);
  private static final Duration LONGEST_MENDING = Duration.ofMinutes(4);

  private final FaultSite site;
  private final ExecutorService menders = Executors.newCachedThreadPool();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mended = lock.newCondition();
  private final Set<String> busy = new HashSet<>();
  private int lasting;
  private @Nullable Exception failure;

  FaultInjector(FaultSite site) {
    this.site = site;
  }

  /** Returns when every fault is mended and all parts are ready. */
  void carryOut(FaultSchedule schedule) throws Exception {
    long begun = System.nanoTime();
    List<Future<?>> mendings = new ArrayList<>();
    try {
      int number = 0;
      for (FaultSchedule.Step step : schedule.steps()) {
        if (!schedule.restoredServices().isEmpty() && number % BACKUP_EVERY == 0) {
          takeBackups();
        }
        if (number > 0 && number % GROUP == 0) {
          awaitWhole();
          FaultSite.pass(WHOLE);
        }
        FaultSite.pass(step.before());
        Fault fault = step.fault();
        take(fault.targets());
        System.out.printf(Locale.ROOT, "%6.1f s  fault %d: %s%n", seconds(begun), ++number, fault);
        Fault.Mending mending = fault.begin(site);
        mendings.add(menders.submit(() -> mend(fault, mending)));
      }
      for (Future<?> mending : mendings) {
        mending.get(LONGEST_MENDING.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      menders.shutdownNow();
    }
  }

  private @Nullable Void mend(Fault fault, Fault.Mending mending) throws Exception {
    try {
      FaultSite.pass(fault.lasts());
      mending.mend();
    } catch (Exception e) {
      failed(e);
      throw e;
    }
    give(fault.targets());
    return null;
  }

  private void takeBackups() throws Exception {
    Set<String> database = Set.of(FaultSite.DATABASE);
    take(database);
    site.takeBackups();
    give(database);
  }

  private void failed(Exception problem) {
    lock.lock();
    try {
      failure = problem;
      mended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(Set<String> targets) throws Exception {
    lock.lock();
    try {
      await(() -> lasting < AT_ONCE && targets.stream().noneMatch(busy::contains));
      busy.addAll(targets);
      lasting++;
    } finally {
      lock.unlock();
    }
  }

  private void awaitWhole() throws Exception {
    lock.lock();
    try {
      await(() -> lasting == 0);
    } finally {
      lock.unlock();
    }
  }

  /** With the lock. */
  private void await(BooleanSupplier condition) throws Exception {
    long left = LONGEST_MENDING.toNanos();
    while (failure == null && !condition.getAsBoolean()) {
      if (left <= 0) {
        throw new AssertionError(busy + " are not mended within " + LONGEST_MENDING);
      }
      left = mended.awaitNanos(left);
    }
    if (failure != null) {
      throw new IllegalStateException("A fault cannot be mended", failure);
    }
  }

  private void give(Set<String> targets) {
    lock.lock();
    try {
      busy.removeAll(targets);
      lasting--;
      mended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
