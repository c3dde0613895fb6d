package io.drover.agent.domain;

import io.drover.agent.command.CommandHandler;
import io.drover.agent.command.CommandRun;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainDeleted;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.QemuDriver;
import io.drover.driver.UndefineFlag;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a domain that still runs and removes what the agent keeps of it. Its volumes stay. */
final class DeleteDomainHandler implements CommandHandler<DeleteDomain> {
  private static final long END_SECONDS = 30;

  private final QemuDriver driver;
  private final DomainRecords records;
  private final DomainWatch watch;

  DeleteDomainHandler(QemuDriver driver, DomainRecords records, DomainWatch watch) {
    this.driver = driver;
    this.records = records;
    this.watch = watch;
  }

  @Override
  public Class<DeleteDomain> handles() {
    return DeleteDomain.class;
  }

  @Override
  public Outcome handle(DeleteDomain command, CommandRun run) {
    DomainId id = new DomainId(command.header().subject());
    Optional<Domain> domain = driver.find(id);
    domain.ifPresent(
        running ->
            run.step(
                "end-qemu",
                () -> {
                  end(running);
                  return running;
                }));
    run.step("remove-files", () -> removeFiles(id));
    records.remove(id);
    run.announce(new DomainDeleted());
    return Outcome.DONE;
  }

  @Override
  public Event failure(DeleteDomain command, Problem problem, String step) {
    boolean running = driver.find(new DomainId(command.header().subject())).isPresent();
    return new DomainFailed(problem, step, running);
  }

  /** What a tenant's guest has printed or kept does not outlive the domain. */
  private DomainId removeFiles(DomainId id) {
    driver.undefine(id, Set.of(UndefineFlag.NVRAM, UndefineFlag.TPM));
    DriverLayout layout = driver.layout();
    for (Path folder : List.of(layout.log(), layout.swtpmLog())) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, id + "*")) {
          for (Path file : files) {
            Files.deleteIfExists(file);
          }
        } catch (IOException e) {
          throw new ProblemException(
              ErrorCode.STORAGE_FAILED,
              "Files of domain " + id + " cannot be removed; see that the host's disk works.",
              e);
        }
      }
    }
    return id;
  }

  /** Returns after the end was published, so that no event follows that of the deletion. */
  private void end(Domain domain) {
    CountDownLatch published = new CountDownLatch(1);
    StopWaiter waiter = new StopWaiter(Optional.empty(), () -> {}, published::countDown);
    watch.awaitStop(domain.id(), waiter);
    try {
      domain.destroy();
      if (!published.await(END_SECONDS, TimeUnit.SECONDS) && driver.find(domain.id()).isPresent()) {
        throw new ProblemException(
            ErrorCode.QEMU_UNRESPONSIVE,
            "QEMU did not end within " + END_SECONDS + " s; see the host's kernel log.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The agent stops; try again.", e);
    } finally {
      watch.forget(domain.id(), waiter);
    }
  }
}
