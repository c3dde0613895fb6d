package io.drover.gateway.access;

import io.drover.contracts.id.ProjectId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The project and the caller of the request at hand, set by the filter. */
@RequestScoped
public class CurrentProject {
  private @Nullable Entered entered;

  private record Entered(Caller caller, String name, ProjectId id) {}

  void enter(Caller caller, String name, ProjectId id) {
    this.entered = new Entered(caller, name, id);
  }

  public Caller caller() {
    return require().caller();
  }

  public String name() {
    return require().name();
  }

  public ProjectId id() {
    return require().id();
  }

  private Entered require() {
    if (entered == null) {
      throw new IllegalStateException("No project was entered; is @InProject missing?");
    }
    return entered;
  }
}
