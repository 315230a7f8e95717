package io.thorax.persistence;

/** Fragments of PostgreSQL's SQL. */
final class Sql {
  private Sql() {}

  /**
   * @param parameter bound to milliseconds
   */
  static String interval(String parameter) {
    return "cast(:" + parameter + " as bigint) * interval '1 millisecond'";
  }
}
