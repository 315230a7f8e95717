package io.thorax.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * A PostgreSQL server. Every start checks that {@code fsync} and {@code synchronous_commit} are on:
 * a committed row outlives {@link #kill()} because it was in the log on disk before the commit
 * returned, and would outlive a loss of power as far as the disk tells the truth.
 */
public final class PostgresServer extends EmbeddedServer {
  public static final String USER = "thorax";
  public static final String PASSWORD = "thorax-secret";
  public static final String DATABASE = "thorax";

  private static final Kind KIND =
      new Kind(
          "postgres",
          "PostgreSQL server",
          StackProperties.POSTGRES_PORT,
          StackProperties.POSTGRES_URL);

  /** In the data directory once initdb has ended well. */
  private static final String MADE = "initdb.done";

  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final Database database;
  private final PostgresIdentity identity;

  /**
   * One database of a server.
   *
   * @param url {@code postgresql://host:port/name}
   */
  public record Database(String url, String user, String password) {
    /** For blocking clients and Flyway. */
    public String jdbcUrl() {
      return "jdbc:" + url;
    }

    /** For Hibernate Reactive. */
    public String reactiveUrl() {
      return url;
    }

    URI address() {
      return URI.create(url);
    }

    /** A connection of its own; the caller closes it. */
    public Connection connect() throws SQLException {
      Properties login = new Properties();
      login.setProperty("user", user);
      login.setProperty("password", password);
      login.setProperty("connectTimeout", "5");
      return new Driver().connect(jdbcUrl(), login);
    }

    private Database named(String other) {
      return new Database(url.substring(0, url.lastIndexOf('/') + 1) + other, user, password);
    }
  }

  private PostgresServer(
      Home home, int port, Database database, boolean external, PostgresIdentity identity) {
    super(KIND, home, port, external);
    this.database = database;
    this.identity = identity;
  }

  static PostgresServer embedded(Home home, int port, PostgresIdentity identity) {
    String url = "postgresql://" + Ports.HOST + ":" + port + "/" + DATABASE;
    return new PostgresServer(home, port, new Database(url, USER, PASSWORD), false, identity);
  }

  static PostgresServer external(Home home, Database database) {
    return new PostgresServer(home, 0, database, true, PostgresIdentity.OWN);
  }

  /** The database of the service. */
  public Database database() {
    return database;
  }

  /** Another, empty database on this server; one of that name is dropped first. */
  public Database createDatabase(String name) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists \"" + name + "\" with (force)");
      statement.execute("create database \"" + name + "\"");
      return database.named(name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  @Override
  List<String> prepare() throws IOException {
    Path programs = PostgresBinaries.unpacked().resolve("bin");
    Path cluster = data();
    if (!Files.exists(cluster.resolve(MADE))) {
      create(programs, cluster);
    }
    identity.own(cluster);
    endOrphan(cluster);
    return identity.command(
        programs.resolve("postgres").toString(),
        "-D",
        cluster.toString(),
        "-h",
        Ports.HOST,
        "-p",
        Integer.toString(port()),
        "-c",
        "unix_socket_directories=",
        "-c",
        "fsync=on",
        "-c",
        "synchronous_commit=on",
        "-c",
        "full_page_writes=on");
  }

  /** Made whole or not at all: the marker is written last. */
  private void create(Path programs, Path cluster) throws IOException {
    StackFiles.deleteTree(cluster);
    Files.createDirectories(cluster);
    identity.own(cluster);
    Path secret = Files.createTempFile("stack", ".secret");
    try {
      Files.writeString(secret, PASSWORD);
      identity.own(secret);
      Commands.run(
          identity.command(
              programs.resolve("initdb").toString(),
              "--pgdata=" + cluster,
              "--username=" + USER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8"));
    } finally {
      Files.delete(secret);
    }
    Files.writeString(cluster.resolve(MADE), "");
  }

  /**
   * Ends a postmaster that outlived its launcher and is in no record of ours, found by its own,
   * whose first line is the process id. The record goes too: PostgreSQL takes any process of that
   * id, be it a stranger or a dead one nobody has waited for, for a running server.
   */
  private static void endOrphan(Path cluster) throws IOException {
    Path record = cluster.resolve("postmaster.pid");
    if (!Files.exists(record)) {
      return;
    }
    try (Stream<String> lines = Files.lines(record)) {
      lines
          .findFirst()
          .map(line -> Long.parseLong(line.strip()))
          .flatMap(ProcessHandle::of)
          .filter(process -> serves(process, cluster))
          .ifPresent(ProcessTree::kill);
    }
    Files.delete(record);
  }

  private static boolean serves(ProcessHandle process, Path cluster) {
    return Arrays.asList(process.info().arguments().orElse(new String[0]))
        .contains(cluster.toString());
  }

  @Override
  void probe() throws SQLException {
    Database reachable = isExternal() ? database : database.named("postgres");
    try (Connection connection = reachable.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  @Override
  void afterStart() throws SQLException {
    if (!isExternal()) {
      createServiceDatabase();
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String setting : DURABLE) {
        requireOn(statement, setting);
      }
    }
  }

  private void createServiceDatabase() throws SQLException {
    try (Connection connection = database.named("postgres").connect();
        Statement statement = connection.createStatement()) {
      ResultSet known =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'");
      if (!known.next()) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  private static void requireOn(Statement statement, String setting) throws SQLException {
    try (ResultSet shown = statement.executeQuery("show " + setting)) {
      shown.next();
      if (!"on".equals(shown.getString(1))) {
        throw new IllegalStateException(
            "PostgreSQL runs with %s=%s: what it commits may be lost"
                .formatted(setting, shown.getString(1)));
      }
    }
  }

  /** PostgreSQL's fast shutdown; on SIGTERM it would wait for its clients to leave. */
  @Override
  String stopSignal() {
    return "INT";
  }

  @Override
  public String address() {
    return database.url();
  }
}
