package io.thorax.imaging;

import static io.thorax.imaging.DicomTags.ITEM;
import static io.thorax.imaging.DicomTags.ITEM_END;
import static io.thorax.imaging.DicomTags.PIXEL_DATA;
import static io.thorax.imaging.DicomTags.SEQUENCE_END;

import io.thorax.imaging.DicomElement.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks one data set (PS3.5, section 7) and notes where the elements of its top level lie, up to
 * and including the pixels. Sequences are stepped over.
 */
final class DicomParser {
  /** Deeper than any standard object; a file that nests further is an attack on the stack. */
  private static final int MAX_DEPTH = 32;

  /** Ten times what a radiograph holds; an element costs more memory than the file gives for it. */
  private static final int MAX_ELEMENTS = 20_000;

  private static final long UNDEFINED = 0xFFFF_FFFFL;
  private static final int ITEM_GROUP = 0xFFFE;

  /** Value representations whose length has four bytes (PS3.5, table 7.1-1). */
  private static final Set<String> LONG_FORM =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private final DicomCursor cursor;
  private final boolean explicitVr;
  private final Map<Integer, DicomElement> elements = new HashMap<>();
  private int walked;

  DicomParser(DicomCursor cursor, boolean explicitVr) {
    this.cursor = cursor;
    this.explicitVr = explicitVr;
  }

  private record Header(int tag, String vr, long length) {
    boolean undefinedLength() {
      return length == UNDEFINED;
    }
  }

  Map<Integer, DicomElement> dataSet() {
    int end = withoutPadding(cursor.bytes());
    while (cursor.remaining() > 0 && cursor.position() < end) {
      Header header = header(cursor, explicitVr);
      element(header);
      if (header.tag == PIXEL_DATA) {
        break;
      }
    }
    return elements;
  }

  /** The file meta information: the elements of group 2, wherever their stated length ends. */
  Map<Integer, DicomElement> metaInformation() {
    while (cursor.remaining() >= 8 && cursor.fork(false).unsignedShort() == 2) {
      element(header(cursor, true));
    }
    return elements;
  }

  private void element(Header header) {
    if (++walked > MAX_ELEMENTS) {
      throw Refusal.corrupt("a DICOM file of more than " + MAX_ELEMENTS + " elements");
    }
    if (!header.undefinedLength()) {
      DicomElement element = DicomElement.of(header.vr, cursor, (int) header.length);
      cursor.skip(header.length);
      elements.putIfAbsent(header.tag, element);
    } else if (header.tag == PIXEL_DATA) {
      elements.put(PIXEL_DATA, fragments(header));
    } else {
      skipUndefined(cursor, header, explicitVr, 1);
    }
  }

  /** Annex A.4: an offset table and the fragments. What the file's end cuts off is not missed. */
  private DicomElement fragments(Header pixels) {
    List<Part> parts = new ArrayList<>();
    boolean offsetTable = true;
    while (cursor.remaining() >= 8) {
      Header item = header(cursor, explicitVr);
      if (item.tag == SEQUENCE_END) {
        break;
      }
      if (item.tag != ITEM || item.undefinedLength() || parts.size() >= MAX_ELEMENTS) {
        throw Refusal.corrupt("DICOM pixels that are not in fragments");
      }
      Part part = new Part(cursor.position(), (int) item.length);
      cursor.skip(item.length);
      if (!offsetTable) {
        parts.add(part);
      }
      offsetTable = false;
    }
    if (parts.isEmpty()) {
      throw Refusal.corrupt("DICOM pixels without a fragment");
    }
    return new DicomElement(pixels.vr, cursor.bytes(), cursor.bigEndian(), List.copyOf(parts));
  }

  /**
   * A sequence, or fragments within an item (an icon). Unknown ones are implicit (PS3.5, 6.2.2).
   */
  private static void skipUndefined(
      DicomCursor cursor, Header header, boolean explicitVr, int depth) {
    if (depth > MAX_DEPTH) {
      throw Refusal.corrupt("a DICOM file nested more than " + MAX_DEPTH + " deep");
    }
    if (header.vr.equals("UN")) {
      DicomCursor implicit = cursor.fork(false);
      skipItems(implicit, false, depth);
      cursor.moveTo(implicit);
    } else {
      skipItems(cursor, explicitVr, depth);
    }
  }

  private static void skipItems(DicomCursor cursor, boolean explicitVr, int depth) {
    for (Header item = header(cursor, explicitVr);
        item.tag != SEQUENCE_END;
        item = header(cursor, explicitVr)) {
      if (item.tag != ITEM) {
        throw Refusal.corrupt("a DICOM sequence of something else than items");
      }
      if (item.undefinedLength()) {
        skipItem(cursor, explicitVr, depth);
      } else {
        cursor.skip(item.length);
      }
    }
  }

  private static void skipItem(DicomCursor cursor, boolean explicitVr, int depth) {
    for (Header inner = header(cursor, explicitVr);
        inner.tag != ITEM_END;
        inner = header(cursor, explicitVr)) {
      if (inner.undefinedLength()) {
        skipUndefined(cursor, inner, explicitVr, depth + 1);
      } else {
        cursor.skip(inner.length);
      }
    }
  }

  private static Header header(DicomCursor cursor, boolean explicitVr) {
    int tag = cursor.tag();
    if (!explicitVr || tag >>> 16 == ITEM_GROUP) {
      return new Header(tag, "", cursor.unsignedInt());
    }
    String vr = cursor.vr();
    if (!isVr(vr)) {
      throw Refusal.corrupt("a DICOM element without a value representation");
    }
    if (LONG_FORM.contains(vr)) {
      cursor.skip(2);
      return new Header(tag, vr, cursor.unsignedInt());
    }
    return new Header(tag, vr, cursor.unsignedShort());
  }

  static boolean isVr(String text) {
    return text.length() == 2 && isUpperCase(text.charAt(0)) && isUpperCase(text.charAt(1));
  }

  private static boolean isUpperCase(char letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  /** Where the zeros begin with which some writers fill the last block of a file. */
  private static int withoutPadding(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
