package io.drover.it.suite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The suite's database as its superuser sees it. */
public final class Database {
  private final RunningSuite suite;

  public Database(RunningSuite suite) {
    this.suite = suite;
  }

  /** One row of text, by column. */
  public Map<String, String> row(String query) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new AssertionError("No row: " + query);
      }
      Map<String, String> row = new TreeMap<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.put(rows.getMetaData().getColumnName(i), rows.getString(i));
      }
      return row;
    }
  }

  /** Carries out statements in one session. */
  public void execute(List<String> statements) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** Refuses every write, as a server does that has become a standby; or takes them again. */
  public void standBy(boolean standby) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter system set default_transaction_read_only = " + (standby ? "on" : "off"));
      statement.execute("select pg_reload_conf()");
    }
  }

  /** The rows of a query as text, each a list of its columns. */
  public List<List<String>> rows(String query) throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<List<String>> rows = new ArrayList<>();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Every row of every table, as text; bytes are also there as they are (ISO 8859-1). */
  public List<String> dump() throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              byte[] bytes = rows.getBytes(i);
              lines.add(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
              lines.add(String.valueOf(rows.getString(i)));
            }
          }
        }
      }
    }
    return lines;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private Connection open() throws SQLException {
    return suite.suite().postgres().connect("drover");
  }
}
