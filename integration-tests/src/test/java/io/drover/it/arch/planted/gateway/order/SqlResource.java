package io.drover.it.arch.planted.gateway.order;

import java.sql.Connection;
import java.sql.PreparedStatement;

record SqlResource(Connection connection, PreparedStatement statement) {}
