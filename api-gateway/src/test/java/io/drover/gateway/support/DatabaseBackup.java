package io.drover.gateway.support;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** A backup of the gateway's tables, all of one moment, in a schema beside them. */
public final class DatabaseBackup {
  private final EmbeddedDatabase database;
  private final List<String> tables;

  private DatabaseBackup(EmbeddedDatabase database, List<String> tables) {
    this.database = database;
    this.tables = tables;
  }

  public static DatabaseBackup take(EmbeddedDatabase database) throws SQLException {
    List<String> tables =
        database.texts(
            "select tablename from pg_tables where schemaname = 'gateway'"
                + " and tablename <> 'flyway_schema_history'");
    database.execute(
        "begin isolation level repeatable read; drop schema if exists backup cascade; create schema"
            + " backup; "
            + each(tables, "create table backup.%1$s as table gateway.%1$s; ")
            + "commit");
    return new DatabaseBackup(database, tables);
  }

  /** Takes the database back, at one instant for those who use it. */
  public void restore() throws SQLException {
    database.execute(
        "begin; set local session_replication_role = replica; "
            + each(tables, "delete from gateway.%1$s; ")
            + each(tables, columnsOf())
            + "commit");
  }

  /** A column that is always generated keeps its value all the same. */
  private static String columnsOf() {
    return "insert into gateway.%1$s overriding system value select * from backup.%1$s; ";
  }

  private static String each(List<String> tables, String statement) {
    return tables.stream().map(statement::formatted).collect(Collectors.joining());
  }
}
