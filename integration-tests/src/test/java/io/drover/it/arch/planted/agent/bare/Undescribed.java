package io.drover.it.arch.planted.agent.bare;

record Undescribed() {}
