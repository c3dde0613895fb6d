package io.drover.driver.internal.resource;

/** The part of a start's plan that one kind of host resource acquires. */
public interface ResourcePlan {}
