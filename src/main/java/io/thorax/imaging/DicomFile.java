package io.thorax.imaging;

import io.thorax.study.Acquisition;
import io.thorax.study.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The tags of a DICOM Part-10 file (PS3.10), or of a bare data set without preamble. Implicit and
 * explicit little endian, explicit big endian and deflated data sets are read; the pixels may be in
 * any transfer syntax, they are only noted. The file's bytes are referred to, not copied. Immutable
 * and thread-safe.
 *
 * <p>Values may tell of the patient: whoever takes them keeps them out of logs, metrics, events and
 * rows.
 */
public final class DicomFile {
  private static final int PREAMBLE = 128;
  private static final int PREFIX_END = PREAMBLE + 4;
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_ /-]{1,16}");

  /** RSNA's pneumonia challenge has the view there alone: "view: PA". */
  private static final Pattern DESCRIBED_VIEW = Pattern.compile("(?i)view:\\s*([a-z]{1,16})\\b.*");

  private final TransferSyntax transferSyntax;
  private final Map<Integer, DicomElement> elements;

  private DicomFile(TransferSyntax transferSyntax, Map<Integer, DicomElement> elements) {
    this.transferSyntax = transferSyntax;
    this.elements = elements;
  }

  /** Whether the first bytes are those of a Part-10 file or look like a bare data set. */
  static boolean matches(byte[] bytes) {
    return hasPrefix(bytes) || isBareDataSet(bytes);
  }

  /**
   * @param bytes not to be changed as long as the file is in use
   * @throws Failure.Rejected as CORRUPT, UNSUPPORTED_FORMAT, or TOO_LARGE if a deflated data set
   *     inflates to more than {@link DecodingLimits#DEFAULT} allows
   */
  public static DicomFile read(byte[] bytes) {
    return read(bytes, DecodingLimits.DEFAULT.maxBytes());
  }

  static DicomFile read(byte[] bytes, long maxInflatedBytes) {
    if (!matches(bytes)) {
      throw Refusal.unsupported("not a DICOM file");
    }
    DicomCursor cursor = new DicomCursor(bytes, hasPrefix(bytes) ? PREFIX_END : 0, false);
    Map<Integer, DicomElement> meta = new DicomParser(cursor, true).metaInformation();
    TransferSyntax syntax = transferSyntax(meta, cursor);
    Map<Integer, DicomElement> elements = new HashMap<>(meta);
    try {
      elements.putAll(dataSet(cursor, syntax, maxInflatedBytes));
    } catch (Failure.Rejected e) {
      throw syntax.isSupported() ? e : unsupported(syntax);
    }
    return new DicomFile(syntax, elements);
  }

  /**
   * The value of an element of the top level, its padding stripped; several values stay separated
   * by backslashes. Only for elements that hold text.
   *
   * @param tag one of {@link DicomTags}, or any {@code group << 16 | element}
   * @return empty if the element is missing or blank
   */
  public Optional<String> string(int tag) {
    return Optional.ofNullable(elements.get(tag))
        .map(element -> element.text(charset()))
        .filter(text -> !text.isEmpty());
  }

  /** What may be told of the image further on; values that are not well-formed are left out. */
  public Acquisition acquisition() {
    return new Acquisition(
        string(DicomTags.STUDY_INSTANCE_UID).filter(matching(UID)),
        string(DicomTags.SOP_INSTANCE_UID).filter(matching(UID)),
        string(DicomTags.MODALITY).filter(matching(CODE)),
        viewPosition());
  }

  private Optional<String> viewPosition() {
    return string(DicomTags.VIEW_POSITION)
        .filter(matching(CODE))
        .or(
            () ->
                string(DicomTags.SERIES_DESCRIPTION)
                    .map(DESCRIBED_VIEW::matcher)
                    .filter(Matcher::matches)
                    .map(described -> described.group(1)));
  }

  TransferSyntax transferSyntax() {
    return transferSyntax;
  }

  /** First value of a decimal or integer string. */
  Optional<Double> decimal(int tag) {
    return string(tag).map(text -> number(text.split("\\\\", -1)[0]));
  }

  OptionalInt unsignedShort(int tag) {
    DicomElement element = elements.get(tag);
    return element == null || element.length() < 2
        ? OptionalInt.empty()
        : OptionalInt.of(element.unsignedShort());
  }

  Optional<DicomElement> pixelData() {
    return Optional.ofNullable(elements.get(DicomTags.PIXEL_DATA));
  }

  static Failure.Rejected unsupported(TransferSyntax syntax) {
    return Refusal.unsupported("DICOM transfer syntax " + syntax.uid());
  }

  static Failure.Rejected unsupported(TransferSyntax syntax, String detail) {
    return Refusal.unsupported("DICOM transfer syntax " + syntax.uid() + " with " + detail);
  }

  private Charset charset() {
    DicomElement named = elements.get(DicomTags.SPECIFIC_CHARACTER_SET);
    boolean utf8 = named != null && named.text(StandardCharsets.ISO_8859_1).contains("ISO_IR 192");
    return utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the text may hold anything and is not to be told
    }
    throw Refusal.corrupt("a DICOM number that is none");
  }

  private static Predicate<String> matching(Pattern pattern) {
    return pattern.asMatchPredicate();
  }

  private static Map<Integer, DicomElement> dataSet(
      DicomCursor cursor, TransferSyntax syntax, long maxInflatedBytes) {
    DicomCursor start = cursor.fork(syntax.bigEndian());
    if (syntax.deflated()) {
      start = new DicomCursor(inflate(cursor, maxInflatedBytes), 0, false);
    }
    boolean explicitVr = syntax.bigEndian() || seemsExplicit(start, syntax.explicitVr());
    return new DicomParser(start, explicitVr).dataSet();
  }

  private static TransferSyntax transferSyntax(
      Map<Integer, DicomElement> meta, DicomCursor dataSet) {
    DicomElement named = meta.get(DicomTags.TRANSFER_SYNTAX_UID);
    if (named == null) {
      return seemsExplicit(dataSet, false)
          ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN
          : TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
    }
    String uid = named.text(StandardCharsets.US_ASCII);
    if (!UID.matcher(uid).matches()) {
      throw Refusal.corrupt("a DICOM transfer syntax that is no identifier");
    }
    return new TransferSyntax(uid);
  }

  /** There are files whose data set is not as their header states: the first element shows. */
  private static boolean seemsExplicit(DicomCursor dataSet, boolean otherwise) {
    if (dataSet.remaining() < 8) {
      return otherwise;
    }
    DicomCursor first = dataSet.fork(false);
    first.skip(4);
    return DicomParser.isVr(first.vr());
  }

  /** Annex A.5 of PS3.5: raw deflate (RFC 1951) of everything behind the meta information. */
  private static byte[] inflate(DicomCursor cursor, long maxBytes) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(cursor.bytes(), cursor.position(), cursor.remaining());
      ByteArrayOutputStream inflated = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 16];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw Refusal.corrupt("a deflated DICOM data set that ends early");
        }
        inflated.write(chunk, 0, length);
        if (inflated.size() > maxBytes) {
          throw Refusal.tooLarge("a DICOM data set that inflates to more than " + maxBytes);
        }
      }
      return inflated.toByteArray();
    } catch (DataFormatException e) {
      throw Refusal.corrupt("a deflated DICOM data set that is damaged", e);
    } finally {
      inflater.end();
    }
  }

  private static boolean hasPrefix(byte[] bytes) {
    return bytes.length >= PREFIX_END
        && bytes[PREAMBLE] == 'D'
        && bytes[PREAMBLE + 1] == 'I'
        && bytes[PREAMBLE + 2] == 'C'
        && bytes[PREAMBLE + 3] == 'M';
  }

  /** Starts with an element of group 2 or 8 whose length is believable. */
  private static boolean isBareDataSet(byte[] bytes) {
    if (bytes.length < PREFIX_END) {
      return false;
    }
    DicomCursor cursor = new DicomCursor(bytes, 0, false);
    int group = cursor.unsignedShort();
    int element = cursor.unsignedShort();
    if (group != 2 && group != 8 || element > 0x00FF) {
      return false;
    }
    boolean explicit = DicomParser.isVr(cursor.fork(false).vr());
    return explicit || cursor.unsignedInt() <= 0xFF;
  }
}
