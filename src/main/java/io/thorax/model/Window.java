package io.thorax.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The extent of a kernel, a pool or a stride. In JSON and configuration: {@code [rows, columns]}.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record Window(int rows, int columns) {
  public Window {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("a window of " + rows + " x " + columns);
    }
  }

  public static Window square(int side) {
    return new Window(side, side);
  }

  @JsonCreator
  public static Window of(List<Integer> rowsAndColumns) {
    if (rowsAndColumns.size() != 2) {
      throw new IllegalArgumentException("a window is [rows, columns], not " + rowsAndColumns);
    }
    return new Window(rowsAndColumns.get(0), rowsAndColumns.get(1));
  }

  @JsonValue
  public List<Integer> toList() {
    return List.of(rows, columns);
  }
}
