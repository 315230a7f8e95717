package io.thorax.e2e;

import io.thorax.stack.PostgresServer.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the service has stored, asked of the database itself. */
final class Rows {
  private final Database database;

  Rows(Database database) {
    this.database = database;
  }

  /** Places at which images were predicted, by key. */
  Map<String, Integer> predictedPlaces(String keyPrefix) {
    return counted(
        "select object_key, count(*) from prediction_reference where starts_with(object_key, ?)"
            + " group by object_key",
        keyPrefix);
  }

  /** Rejections by key. */
  Map<String, Integer> rejections(String keyPrefix) {
    return counted(
        "select object_key, count(*) from rejection where starts_with(object_key, ?)"
            + " group by object_key",
        keyPrefix);
  }

  /** Predictions whose first place has such a key: one an image and a model. */
  int predictions(String keyPrefix) {
    return counted(
            "select 'all', count(*) from prediction where starts_with(object_key, ?)", keyPrefix)
        .get("all");
  }

  /** Records that are in work or were left by a crash. */
  int openDeliveries() {
    return counted("select 'all', count(*) from delivery_range where topic <> ?", "").get("all");
  }

  /** The ids of the training runs of that name. */
  Set<String> runs(String name) {
    return counted(
            "select cast(id as text), count(*) from training_run where name = ? group by id", name)
        .keySet();
  }

  private Map<String, Integer> counted(String sql, String parameter) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      Map<String, Integer> counts = new HashMap<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          counts.put(result.getString(1), result.getInt(2));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
