package io.drover.it.campaign;

import io.drover.it.suite.Database;
import io.drover.it.suite.RunningSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does to the suite what a schedule says, and mends it again. For one thread. */
final class FaultInjector {
  private final RunningSuite suite;
  private final CountDownLatch never = new CountDownLatch(1);

  FaultInjector(RunningSuite suite) {
    this.suite = suite;
  }

  void carryOut(FaultSchedule schedule) throws Exception {
    for (FaultSchedule.Step step : schedule.steps()) {
      pass(step.before());
      System.out.println("fault: " + step.fault());
      carryOut(step.fault());
    }
  }

  private void carryOut(Fault fault) throws Exception {
    if (fault instanceof Fault.Killed killed) {
      suite.kill(killed.service());
      pass(fault.away());
      suite.restart(killed.service());
    } else if (fault instanceof Fault.Stopped stopped) {
      long pid = suite.service(stopped.service()).process().pid();
      signal("STOP", pid);
      try {
        pass(fault.away());
      } finally {
        signal("CONT", pid);
      }
    } else if (fault instanceof Fault.Unplugged unplugged) {
      suite.suite().unplug(unplugged.host(), true);
      try {
        pass(fault.away());
      } finally {
        suite.suite().unplug(unplugged.host(), false);
      }
    } else if (fault instanceof Fault.Standby) {
      Database database = new Database(suite);
      database.standBy(true); // kept by the data folder, which the next campaign uses again
      try {
        pass(fault.away());
      } finally {
        database.standBy(false);
      }
    } else if (fault instanceof Fault.DeadDatabase) {
      suite.suite().postgres().process().kill();
      pass(fault.away());
      suite.suite().restartPostgres();
    } else {
      suite.suite().kafka().stop();
      pass(fault.away());
      suite.suite().startBroker();
    }
  }

  /** The time of the schedule itself, for which nothing can be waited for. */
  private void pass(Duration time) throws InterruptedException {
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Nobody counts it down");
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " " + pid + " failed");
    }
  }
}
