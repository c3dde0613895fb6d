package io.drover.gateway.inventory.model;

/** What is in the inventory, in the order in which it can be added: each refers to those before. */
public enum InventoryKind {
  PROJECT,
  /** The limits of a project that an operator has set; its id is that of the project. */
  QUOTA,
  IMAGE,
  VOLUME,
  DOMAIN
}
