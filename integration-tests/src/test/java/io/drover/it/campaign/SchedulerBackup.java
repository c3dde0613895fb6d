package io.drover.it.campaign;

import io.drover.it.suite.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A backup of the scheduler's tables, all of one moment, in a schema beside them. */
final class SchedulerBackup {
  private static final String TABLES =
      "select tablename from pg_tables where schemaname = 'scheduler'"
          + " and tablename <> 'flyway_schema_history'";

  private final Database database;

  SchedulerBackup(Database database) {
    this.database = database;
  }

  void take() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin isolation level repeatable read");
    statements.add("drop schema if exists backup cascade");
    statements.add("create schema backup");
    for (List<String> table : database.rows(TABLES)) {
      String name = table.get(0);
      statements.add("create table backup." + name + " as table scheduler." + name);
    }
    statements.add("commit");
    database.execute(statements);
  }

  /** Nobody may use the tables. */
  void restore() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin");
    statements.add("set local session_replication_role = replica"); // the order does not matter
    for (List<String> table : database.rows(TABLES)) {
      statements.add("delete from scheduler." + table.get(0));
    }
    for (List<String> table : database.rows(TABLES)) {
      String name = table.get(0);
      statements.add("insert into scheduler." + name + " select * from backup." + name);
    }
    statements.add("commit");
    database.execute(statements);
  }
}
