package io.drover.it.campaign;

import io.drover.it.suite.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A backup of a service's tables, all of one moment, in a schema beside them. */
final class SchemaBackup {
  private final Database database;
  private final String schema;
  private final String backup;

  SchemaBackup(Database database, String schema) {
    this.database = database;
    this.schema = schema;
    this.backup = "backup_" + schema;
  }

  void take() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin isolation level repeatable read");
    statements.add("drop schema if exists " + backup + " cascade");
    statements.add("create schema " + backup);
    for (String table : tables()) {
      statements.add("create table " + backup + "." + table + " as table " + schema + "." + table);
    }
    statements.add("commit");
    database.execute(statements);
  }

  /** Nobody may use the tables. Numbers that the database gives do not come again. */
  void restore() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin");
    statements.add("set local session_replication_role = replica"); // the order does not matter
    for (String table : tables()) {
      statements.add("delete from " + schema + "." + table);
    }
    for (String table : tables()) {
      statements.add(
          "insert into "
              + schema
              + "."
              + table
              + " overriding system value select * from "
              + backup
              + "."
              + table);
    }
    statements.add("commit");
    database.execute(statements);
  }

  private List<String> tables() throws SQLException {
    return database
        .rows(
            "select tablename from pg_tables where schemaname = '"
                + schema
                + "' and tablename <> 'flyway_schema_history'")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }
}
