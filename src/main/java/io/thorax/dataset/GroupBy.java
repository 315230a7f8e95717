package io.thorax.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What may not be divided over two splits. Near-duplicate images never are. */
public enum GroupBy {
  /** All images of a patient. */
  PATIENT,
  /** Each image by itself, as the reference splits: patients may leak from training into test. */
  IMAGE;

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws DatasetException if there is no such grouping
   */
  @JsonCreator
  public static GroupBy ofWireName(String wireName) {
    for (GroupBy groupBy : values()) {
      if (groupBy.name().equalsIgnoreCase(wireName)) {
        return groupBy;
      }
    }
    throw new DatasetException("groupBy", "must be patient or image, not " + wireName);
  }
}
