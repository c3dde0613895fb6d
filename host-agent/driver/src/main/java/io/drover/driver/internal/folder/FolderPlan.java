package io.drover.driver.internal.folder;

import io.drover.driver.internal.resource.ResourcePlan;

/** The folder that planning has made for a start. */
public record FolderPlan(DomainFolder folder) implements ResourcePlan {}
