package io.drover.gateway.project;

import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.InventoryPart;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Projects as the inventory's topic has them. They are never deleted. */
@ApplicationScoped
class ProjectInventory implements InventoryPart {
  private static final int LONGEST = 63;

  private final Projects projects;
  private final Inventory inventory;

  ProjectInventory(Projects projects, Inventory inventory) {
    this.projects = projects;
    this.inventory = inventory;
  }

  @Override
  public InventoryKind kind() {
    return InventoryKind.PROJECT;
  }

  @Override
  public void recall(UUID id, byte[] entry) {
    if (projects.find(new ProjectId(id)).isPresent()) {
      return; // nothing of it changes
    }
    Project project = ContractJson.read(entry, Project.class);
    String name =
        projects.find(project.name()).isEmpty()
            ? project.name()
            : key(id).nameBeside(project.name(), LONGEST);
    projects.add(new Project(new ProjectId(id), name, project.createdAt()));
  }

  @Override
  public void remove(UUID id) {
    throw new IllegalArgumentException("A project is never deleted");
  }

  @Override
  public boolean publish(UUID id) {
    Optional<Project> project = projects.find(new ProjectId(id));
    project.ifPresent(found -> inventory.keep(key(id), found));
    return project.isPresent();
  }

  private static InventoryKey key(UUID id) {
    return new InventoryKey(InventoryKind.PROJECT, id);
  }
}
