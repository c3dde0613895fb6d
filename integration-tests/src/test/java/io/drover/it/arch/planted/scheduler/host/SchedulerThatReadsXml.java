package io.drover.it.arch.planted.scheduler.host;

import io.drover.it.arch.planted.contracts.definition.PlantedXml;

record SchedulerThatReadsXml(PlantedXml definition) {}
