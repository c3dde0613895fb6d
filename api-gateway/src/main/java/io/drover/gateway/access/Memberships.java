package io.drover.gateway.access;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Decides whether a caller may enter a project. Thread-safe. */
@ApplicationScoped
public class Memberships {
  private static final int MAX_KNOWN = 10_000;

  private final ProjectDirectory directory;

  /** Projects are never renamed or removed, so what was found once stays true. */
  private final Map<String, ProjectId> known = new ConcurrentHashMap<>();

  Memberships(ProjectDirectory directory) {
    this.directory = directory;
  }

  /** The project's id, or {@code NOT_FOUND} for what is not there or not the caller's. */
  public ProjectId require(Caller caller, String name) {
    if (!caller.mayEnter(name)) {
      throw missing(name);
    }
    return find(name).orElseThrow(() -> missing(name));
  }

  private Optional<ProjectId> find(String name) {
    ProjectId remembered = known.get(name);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    Optional<ProjectId> found = directory.idOf(name);
    if (known.size() < MAX_KNOWN) {
      found.ifPresent(id -> known.put(name, id));
    }
    return found;
  }

  private static ProblemException missing(String name) {
    String shown = name.length() > 64 ? name.substring(0, 64) + "..." : name;
    return new ProblemException(
        ErrorCode.NOT_FOUND, "There is no project \"" + shown + "\" that this token may enter.");
  }
}
