package io.thorax.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the files of a source are laid out, and with it which collection they are. */
public enum Layout {
  /** covid-chestxray-dataset: {@code metadata.csv} and {@code images/}. */
  MILA,
  /** Figure 1 COVID chest X-ray data set: {@code metadata.csv} (ISO-8859-1) and {@code images/}. */
  FIGURE1,
  /** RSNA pneumonia detection challenge, stage 2: label files and DICOM images. */
  RSNA,
  /** One folder for each class. */
  FOLDER;

  /** As it stands in catalogues and summaries. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such layout
   */
  @JsonCreator
  public static Layout ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
