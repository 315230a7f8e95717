package io.thorax.imaging;

/**
 * What a JPEG says of itself (ISO/IEC 10918-1, annex B), read without decoding it. All markers up
 * to the end of the image are walked: libjpeg fills what is missing with gray and OpenCV does not
 * tell, so a file without its end has to be found here.
 *
 * @param components 1 (gray), 3 or 4
 */
record JpegHeader(int width, int height, int components) {
  /**
   * A progressive file repaints the whole image with each scan, so that a small one can keep a
   * decoder busy for minutes. Encoders write about ten.
   */
  private static final int MAX_SCANS = 100;

  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int TEMPORARY = 0x01;

  static boolean matches(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xFF) == 0xFF
        && (bytes[1] & 0xFF) == START
        && (bytes[2] & 0xFF) == 0xFF;
  }

  static JpegHeader read(byte[] bytes, DecodingLimits limits) {
    if (!matches(bytes)) {
      throw Refusal.corrupt("a JPEG without its start");
    }
    return new Walk(bytes, limits).toTheEnd();
  }

  private static final class Walk {
    private final byte[] bytes;
    private final DecodingLimits limits;
    private int at = 2;
    private JpegHeader frame;
    private int scans;

    private Walk(byte[] bytes, DecodingLimits limits) {
      this.bytes = bytes;
      this.limits = limits;
    }

    private JpegHeader toTheEnd() {
      for (int marker = nextMarker(); marker != END; marker = nextMarker()) {
        if (!standsAlone(marker)) {
          segment(marker);
        }
      }
      if (frame == null || scans == 0) {
        throw Refusal.corrupt("a JPEG without an image");
      }
      return frame;
    }

    private void segment(int marker) {
      int length = at + 2 <= bytes.length ? unsignedShort(at) : 0;
      if (length < 2 || length > bytes.length - at) {
        throw endsEarly();
      }
      if (isFrame(marker)) {
        frame(marker, length);
      } else if (marker == SCAN && ++scans > MAX_SCANS) {
        throw Refusal.unsupported("a JPEG of more than " + MAX_SCANS + " scans");
      }
      at += length;
    }

    private void frame(int marker, int length) {
      if (frame != null) {
        throw Refusal.corrupt("a JPEG with two frame headers");
      }
      if (length < 8) {
        throw Refusal.corrupt("a JPEG with a short frame header");
      }
      int precision = bytes[at + 2];
      if (marker > 0xC2 || precision != 8) {
        throw Refusal.unsupported(
            "JPEG process " + (marker - 0xC0) + " of " + precision + " bits a sample");
      }
      frame = new JpegHeader(unsignedShort(at + 5), unsignedShort(at + 3), bytes[at + 7]);
      limits.checkPixels(frame.width, frame.height);
    }

    /** Moves behind the next marker; entropy-coded data on the way has its FFs escaped by 00. */
    private int nextMarker() {
      while (at < bytes.length - 1) {
        if (bytes[at++] == (byte) 0xFF) {
          int code = bytes[at] & 0xFF;
          if (code != 0 && code != 0xFF) {
            at++;
            return code;
          }
        }
      }
      throw endsEarly();
    }

    private int unsignedShort(int offset) {
      return (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
    }

    private static RuntimeException endsEarly() {
      return Refusal.corrupt("a JPEG that ends early");
    }

    /** SOF0 to SOF15, less DHT, JPG and DAC, which lie between them. */
    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Restart markers, a second start and the temporary marker have no length. */
    private static boolean standsAlone(int marker) {
      return marker >= 0xD0 && marker <= START || marker == TEMPORARY;
    }
  }
}
