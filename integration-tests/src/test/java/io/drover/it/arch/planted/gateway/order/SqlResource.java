package io.drover.it.arch.planted.gateway.order;

import java.sql.Connection;

record SqlResource(Connection connection) {}
