package io.drover.it.arch.planted.contracts.definition;

/** A definition as text. */
public record PlantedXml(String text) {}
