package io.drover.it.suite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A backup of the tables of one service, all of one moment, in a schema beside them. */
public final class SchemaBackup {
  private final Database database;
  private final String schema;

  public SchemaBackup(Database database, String schema) {
    this.database = database;
    this.schema = schema;
  }

  public void take() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin isolation level repeatable read");
    statements.add("drop schema if exists %s_backup cascade".formatted(schema));
    statements.add("create schema %s_backup".formatted(schema));
    for (String table : tables()) {
      statements.add("create table %1$s_backup.%2$s as table %1$s.%2$s".formatted(schema, table));
    }
    statements.add("commit");
    database.execute(statements);
  }

  /** Nobody may use the tables. */
  public void restore() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("begin");
    statements.add("set local session_replication_role = replica"); // the order does not matter
    for (String table : tables()) {
      statements.add("delete from %s.%s".formatted(schema, table));
      statements.add(
          "insert into %1$s.%2$s overriding system value select * from %1$s_backup.%2$s"
              .formatted(schema, table));
    }
    statements.add("commit");
    database.execute(statements);
  }

  /** Removes the backup. */
  public void drop() throws SQLException {
    database.execute(List.of("drop schema if exists %s_backup cascade".formatted(schema)));
  }

  private List<String> tables() throws SQLException {
    return database
        .rows(
            "select tablename from pg_tables where schemaname = '%s'".formatted(schema)
                + " and tablename <> 'flyway_schema_history'")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }
}
