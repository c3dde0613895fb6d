package io.drover.it.arch.planted.gateway.order.model;

import io.drover.it.arch.planted.gateway.order.store.PublicRow;

record ModelThatKnowsItsTable(PublicRow row) {}
