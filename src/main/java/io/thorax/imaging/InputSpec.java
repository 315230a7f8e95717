package io.thorax.imaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thorax.study.Sha256;
import java.util.Objects;

/**
 * All that is done to an image between its decoding and the network, in this order: resize, text
 * removal, standardisation. It is carried by each model, so that training and serving cannot
 * differ, and its digest names the caches of reduced images.
 *
 * <p>In training an image is turned between text removal and standardisation. The reference turns
 * it before the text removal and so inpaints anew in each epoch; with the order kept here an image
 * is reduced once. The turn then interpolates what was painted instead of what was lettered.
 *
 * @param height and {@code width}: of the network's input, in pixels
 */
public record InputSpec(
    int height,
    int width,
    Interpolation interpolation,
    TextRemoval textRemoval,
    Standardisation standardisation) {

  /** A network is always fed red, green and blue; gray is repeated. */
  public static final int CHANNELS = 3;

  private static final int MIN_SIDE = 8;
  private static final int MAX_SIDE = 2048;

  public static final InputSpec DEFAULT = ofSize(224, 224);

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  public InputSpec {
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(textRemoval, "textRemoval");
    Objects.requireNonNull(standardisation, "standardisation");
    if (height < MIN_SIDE || height > MAX_SIDE || width < MIN_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException(
          "height and width must be in "
              + MIN_SIDE
              + ".."
              + MAX_SIDE
              + ": "
              + height
              + ", "
              + width);
    }
  }

  /** The defaults at another size. */
  public static InputSpec ofSize(int height, int width) {
    return new InputSpec(
        height, width, Interpolation.AREA, TextRemoval.DEFAULT, Standardisation.SAMPLEWISE);
  }

  public InputSpec withInterpolation(Interpolation other) {
    return new InputSpec(height, width, other, textRemoval, standardisation);
  }

  public InputSpec withTextRemoval(TextRemoval other) {
    return new InputSpec(height, width, interpolation, other, standardisation);
  }

  /** Floats of one image: {@code height * width * 3}. */
  public int length() {
    return height * width * CHANNELS;
  }

  /** Names sorted, no white space: equal specifications have equal texts. */
  public String canonicalJson() {
    try {
      return CANONICAL.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not a specification, complete and valid
   */
  public static InputSpec ofJson(String json) {
    try {
      return CANONICAL.readValue(json, InputSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an input specification: " + e.getMessage(), e);
    }
  }

  public Sha256 digest() {
    return Sha256.ofUtf8(canonicalJson());
  }
}
