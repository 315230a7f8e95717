package io.thorax.api;

import io.thorax.study.ImageFormat;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells a file's format by its first bytes. A quick look that spares the sender of something else a
 * detour; whoever decodes the image decides.
 */
final class MagicBytes {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] DICM = {'D', 'I', 'C', 'M'};

  /** PS3.10 section 7.1: "DICM" comes after a preamble of that length. */
  private static final int PREAMBLE = 128;

  private MagicBytes() {}

  static Optional<ImageFormat> format(byte[] content) {
    if (hasAt(content, 0, PNG)) {
      return Optional.of(ImageFormat.PNG);
    }
    if (hasAt(content, 0, JPEG)) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (hasAt(content, PREAMBLE, DICM) || isBareDataSet(content)) {
      return Optional.of(ImageFormat.DICOM);
    }
    return Optional.empty();
  }

  /** Files without preamble begin with an element of group 2 or 8, in little endian. */
  private static boolean isBareDataSet(byte[] content) {
    return content.length > PREAMBLE
        && (content[0] == 2 || content[0] == 8)
        && content[1] == 0
        && content[3] == 0;
  }

  private static boolean hasAt(byte[] content, int offset, byte[] magic) {
    return content.length >= offset + magic.length
        && Arrays.equals(content, offset, offset + magic.length, magic, 0, magic.length);
  }
}
