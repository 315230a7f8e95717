package io.thorax.imaging;

import java.util.Arrays;

/**
 * What is kept of an image to find it again: enough to compare tens of thousands with one another.
 *
 * @param hash see {@link PerceptualHash}
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
}
