package io.drover.contracts.command;

/**
 * What a domain takes of its host.
 *
 * @param vcpus virtual CPUs, from 1
 * @param memoryMib guest memory in MiB, from 1
 */
public record Resources(int vcpus, long memoryMib) {}
