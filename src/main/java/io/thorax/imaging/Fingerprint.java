package io.thorax.imaging;

import java.util.Arrays;
import java.util.Base64;

/**
 * What is kept of an image to find it again: enough to compare tens of thousands with one another,
 * and short enough for a line of a file.
 *
 * @param hash {@link PerceptualHash#of}
 * @param thumbnail {@link PerceptualHash#THUMBNAIL_SIDE} squared gray samples, row by row; owned by
 *     the fingerprint
 */
public record Fingerprint(long hash, byte[] thumbnail) {
  private static final int LENGTH = PerceptualHash.THUMBNAIL_SIDE * PerceptualHash.THUMBNAIL_SIDE;

  public Fingerprint {
    if (thumbnail.length != LENGTH) {
      throw new IllegalArgumentException("a thumbnail of " + thumbnail.length + " samples");
    }
  }

  /** The hash as 16 hexadecimal digits, a colon, the thumbnail in URL-safe base 64. */
  public String text() {
    return String.format("%016x", hash)
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(thumbnail);
  }

  /**
   * @throws IllegalArgumentException if {@link #text} did not write it
   */
  public static Fingerprint ofText(String text) {
    if (text.length() < 17 || text.charAt(16) != ':') {
      throw new IllegalArgumentException("not a fingerprint");
    }
    return new Fingerprint(
        Long.parseUnsignedLong(text.substring(0, 16), 16),
        Base64.getUrlDecoder().decode(text.substring(17)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint fingerprint
        && hash == fingerprint.hash
        && Arrays.equals(thumbnail, fingerprint.thumbnail);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return text();
  }
}
