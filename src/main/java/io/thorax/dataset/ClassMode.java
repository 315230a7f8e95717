package io.thorax.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether images are told apart as COVID-19 or not, or by several classes. */
public enum ClassMode {
  BINARY,
  MULTICLASS;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws DatasetException if there is no such mode
   */
  @JsonCreator
  public static ClassMode ofWireName(String wireName) {
    for (ClassMode mode : values()) {
      if (mode.name().equalsIgnoreCase(wireName)) {
        return mode;
      }
    }
    throw new DatasetException("classMode", "must be binary or multiclass, not " + wireName);
  }
}
