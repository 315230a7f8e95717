package io.thorax.imaging;

import java.util.Set;

/**
 * How a data set and its pixels are encoded (PS3.5, annex A). Every syntax with compressed pixels
 * writes its data set in explicit little endian, so that also a file whose pixels are not read
 * tells its tags.
 */
record TransferSyntax(String uid) {
  static final TransferSyntax IMPLICIT_LITTLE_ENDIAN = new TransferSyntax("1.2.840.10008.1.2");
  static final TransferSyntax EXPLICIT_LITTLE_ENDIAN = new TransferSyntax("1.2.840.10008.1.2.1");
  static final TransferSyntax DEFLATED = new TransferSyntax("1.2.840.10008.1.2.1.99");
  static final TransferSyntax EXPLICIT_BIG_ENDIAN = new TransferSyntax("1.2.840.10008.1.2.2");
  private static final TransferSyntax JPEG_BASELINE = new TransferSyntax("1.2.840.10008.1.2.4.50");

  /** Read where it has 8 bits a sample, which is what libjpeg knows. */
  private static final TransferSyntax JPEG_EXTENDED = new TransferSyntax("1.2.840.10008.1.2.4.51");

  private static final Set<TransferSyntax> NATIVE =
      Set.of(IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, DEFLATED, EXPLICIT_BIG_ENDIAN);
  private static final Set<TransferSyntax> JPEG = Set.of(JPEG_BASELINE, JPEG_EXTENDED);

  boolean explicitVr() {
    return !equals(IMPLICIT_LITTLE_ENDIAN);
  }

  boolean bigEndian() {
    return equals(EXPLICIT_BIG_ENDIAN);
  }

  boolean deflated() {
    return equals(DEFLATED);
  }

  /** Pixels that are not compressed by themselves. */
  boolean isNative() {
    return NATIVE.contains(this);
  }

  boolean isJpeg() {
    return JPEG.contains(this);
  }

  boolean isSupported() {
    return isNative() || isJpeg();
  }
}
