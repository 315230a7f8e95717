package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.DECODER;
import static io.thorax.imaging.Fixtures.assertRejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.ImageFormat;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.synthetic.DicomWriter;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomDecodingTest {
  private static final SyntheticRadiograph DRAWN = SyntheticRadiograph.of(Finding.COVID_19, 4, 128);

  @ParameterizedTest
  @ValueSource(
      strings = {
        DicomWriter.IMPLICIT_LITTLE_ENDIAN,
        DicomWriter.EXPLICIT_LITTLE_ENDIAN,
        DicomWriter.DEFLATED,
        DicomWriter.EXPLICIT_BIG_ENDIAN
      })
  void uncompressedPixelsComeOutAsTheyWentIn(String syntax) {
    Radiograph eight = DECODER.decode(SyntheticDicom.eightBitWriter(DRAWN, syntax).bytes());
    assertArrayEquals(DRAWN.pixels(), eight.samples());
    assertEquals(ImageFormat.DICOM, eight.format());
    assertArrayEquals(
        DRAWN.pixels(),
        DECODER.decode(SyntheticDicom.sixteenBitWriter(DRAWN, syntax, false).bytes()).samples());
    assertArrayEquals(
        DRAWN.pixels(),
        DECODER.decode(SyntheticDicom.sixteenBitWriter(DRAWN, syntax, true).bytes()).samples());
  }

  @Test
  void jpegBaselineIsWhatTheJpegAloneIs() {
    assertArrayEquals(
        DECODER.decode(PictureWriter.jpeg(DRAWN, 0.9)).samples(),
        DECODER.decode(SyntheticDicom.jpeg(DRAWN, 0.9)).samples());
  }

  @Test
  void aBareDataSetIsReadToo() {
    for (String syntax :
        new String[] {DicomWriter.IMPLICIT_LITTLE_ENDIAN, DicomWriter.EXPLICIT_LITTLE_ENDIAN}) {
      byte[] file = SyntheticDicom.eightBitWriter(DRAWN, syntax).bytes();
      int start = 132 + 12 + 4 + metaLength(file);
      byte[] bare = Arrays.copyOfRange(file, start - 4, file.length);
      assertArrayEquals(DRAWN.pixels(), DECODER.decode(bare).samples());
    }
  }

  private static int metaLength(byte[] file) {
    return file[140] & 0xFF;
  }

  @Test
  void theAcquisitionIsToldAndNothingElse() {
    Radiograph radiograph = DECODER.decode(SyntheticDicom.eightBit(DRAWN));
    assertEquals(
        Optional.of(SyntheticDicom.studyUid(DRAWN)), radiograph.acquisition().studyInstanceUid());
    assertEquals(
        Optional.of(SyntheticDicom.sopUid(DRAWN)), radiograph.acquisition().sopInstanceUid());
    assertEquals(Optional.of("CR"), radiograph.acquisition().modality());
    assertEquals(Optional.of("PA"), radiograph.acquisition().viewPosition());
  }

  @Test
  void theViewIsFoundInTheDescriptionOfTheSeries() {
    DicomWriter writer = writer().without(DicomTags.VIEW_POSITION);
    assertEquals(
        Optional.of("AP"),
        view(writer.text(DicomTags.SERIES_DESCRIPTION, "LO", "view: AP").bytes()));
    assertEquals(
        Optional.empty(),
        view(writer.text(DicomTags.SERIES_DESCRIPTION, "LO", "SMITH AP").bytes()));
    writer.text(DicomTags.VIEW_POSITION, "CS", "");
    assertEquals(
        Optional.of("PA"),
        view(writer.text(DicomTags.SERIES_DESCRIPTION, "LO", "view: PA").bytes()));
  }

  private static Optional<String> view(byte[] file) {
    return DECODER.decode(file).acquisition().viewPosition();
  }

  @Test
  void identifiersThatAreNoneAreLeftOut() {
    byte[] file = writer().text(DicomTags.STUDY_INSTANCE_UID, "UI", "DOE^JANE").bytes();
    assertEquals(Optional.empty(), DECODER.decode(file).acquisition().studyInstanceUid());
  }

  @Test
  void anyTextCanBeAskedFor() {
    DicomFile file = DicomFile.read(SyntheticDicom.eightBit(DRAWN));
    assertEquals(Optional.of("F"), file.string(DicomTags.PATIENT_SEX));
    assertEquals(Optional.of("SYN-4"), file.string(DicomTags.PATIENT_ID));
    assertEquals(Optional.empty(), file.string(DicomTags.PATIENT_AGE));
  }

  @Test
  void signedValuesAreRescaledAndWindowed() {
    char[] words = {(char) -1000, (char) 0, (char) 500, (char) 1000, (char) -500, 0};
    byte[] file =
        small(words, 16, "MONOCHROME2")
            .number(DicomTags.PIXEL_REPRESENTATION, 1)
            .text(DicomTags.RESCALE_SLOPE, "DS", "2")
            .text(DicomTags.RESCALE_INTERCEPT, "DS", "-24")
            .text(DicomTags.WINDOW_CENTER, "DS", "40\\400")
            .text(DicomTags.WINDOW_WIDTH, "DS", "400\\2000")
            .bytes();
    int zero = (int) Math.round(((-24 - 39.5) / 399 + 0.5) * 255);
    assertArrayEquals(new int[] {0, zero, 255, 255, 0, zero}, samples(file));
  }

  @Test
  void withoutAWindowValuesAreSpreadAndPaddingIsLeftOut() {
    char[] words = {0xF000 | 100, 300, 0xF000 | 200, 4095, 250, 150};
    byte[] file =
        small(words, 12, "MONOCHROME2").number(DicomTags.PIXEL_PADDING_VALUE, 4095).bytes();
    assertArrayEquals(new int[] {0, 255, 128, 255, 191, 64}, samples(file));
    byte[] inverted =
        small(words, 12, "MONOCHROME1").number(DicomTags.PIXEL_PADDING_VALUE, 4095).bytes();
    assertArrayEquals(new int[] {255, 0, 127, 0, 64, 191}, samples(inverted));
  }

  @Test
  void aWindowBesideAllValuesIsIgnored() {
    byte[] file =
        small(new char[] {0, 10, 20, 30, 40, 50}, 12, "MONOCHROME2")
            .text(DicomTags.WINDOW_CENTER, "DS", "2000")
            .text(DicomTags.WINDOW_WIDTH, "DS", "100")
            .bytes();
    assertArrayEquals(new int[] {0, 51, 102, 153, 204, 255}, samples(file));
  }

  @Test
  void valuesMayLieInTheUpperBits() {
    char[] words = new char[6];
    for (int i = 0; i < 6; i++) {
      words[i] = (char) (i * 51 << 8 | 0x5A);
    }
    byte[] file = small(words, 8, "MONOCHROME2").number(DicomTags.HIGH_BIT, 15).bytes();
    assertArrayEquals(new int[] {0, 51, 102, 153, 204, 255}, samples(file));
  }

  @Test
  void colourIsReadByPixelAndByPlane() {
    byte[] byPixel = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    byte[] byPlane = {1, 4, 7, 10, 13, 16, 2, 5, 8, 11, 14, 17, 3, 6, 9, 12, 15, 18};
    assertArrayEquals(byPixel, DECODER.decode(colour("RGB", byPixel).bytes()).samples());
    assertArrayEquals(
        byPixel,
        DECODER
            .decode(colour("RGB", byPlane).number(DicomTags.PLANAR_CONFIGURATION, 1).bytes())
            .samples());
  }

  @Test
  void lumaAndChromaBecomeRedGreenAndBlue() {
    byte[] ybr = new byte[18];
    Arrays.fill(ybr, (byte) 128);
    ybr[0] = 76;
    ybr[1] = 85;
    ybr[2] = (byte) 255;
    byte[] rgb = DECODER.decode(colour("YBR_FULL", ybr).bytes()).samples();
    assertEquals(254, rgb[0] & 0xFF, 1);
    assertEquals(0, rgb[1] & 0xFF, 1);
    assertEquals(0, rgb[2] & 0xFF, 1);
    assertEquals(128, rgb[3] & 0xFF);
  }

  @Test
  void whatIsNotReadSaysItsName() {
    String refusal =
        refusal(
            SyntheticDicom.header(DRAWN, "1.2.840.10008.1.2.4.90", 8, 8, "MONOCHROME2")
                .fragments(new byte[10], 1)
                .bytes());
    assertTrue(refusal.contains("1.2.840.10008.1.2.4.90"), refusal);
    assertTrue(
        refusal(writer().text(0x00280004, "CS", "PALETTE COLOR").bytes()).contains("PALETTE"));
    assertRejected(
        RejectReason.UNSUPPORTED_FORMAT, writer().number(DicomTags.BITS_ALLOCATED, 32).bytes());
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, writer().without(DicomTags.PIXEL_DATA).bytes());
  }

  private static String refusal(byte[] file) {
    Failure.Rejected rejected = assertThrows(Failure.Rejected.class, () -> DECODER.decode(file));
    assertEquals(RejectReason.UNSUPPORTED_FORMAT, rejected.reason());
    return rejected.getMessage();
  }

  @Test
  void contradictionsAreCorrupt() {
    assertRejected(RejectReason.CORRUPT, writer().without(DicomTags.ROWS).bytes());
    assertRejected(RejectReason.CORRUPT, writer().number(DicomTags.ROWS, 0).bytes());
    assertRejected(RejectReason.CORRUPT, writer().number(DicomTags.ROWS, 129).bytes());
    assertRejected(RejectReason.CORRUPT, writer().number(DicomTags.BITS_STORED, 9).bytes());
    assertRejected(
        RejectReason.CORRUPT, writer().text(DicomTags.RESCALE_SLOPE, "DS", "steep").bytes());
    byte[] jpeg = PictureWriter.jpeg(SyntheticRadiograph.of(Finding.NORMAL, 1, 64), 0.9);
    assertRejected(
        RejectReason.CORRUPT,
        SyntheticDicom.header(DRAWN, DicomWriter.JPEG_BASELINE, 8, 8, "MONOCHROME2")
            .fragments(jpeg, 1)
            .bytes());
  }

  private static DicomWriter writer() {
    return SyntheticDicom.eightBitWriter(DRAWN, DicomWriter.EXPLICIT_LITTLE_ENDIAN);
  }

  /** 3 columns, 2 rows. */
  private static DicomWriter small(char[] words, int bitsStored, String photometric) {
    return SyntheticDicom.header(
            DRAWN, DicomWriter.EXPLICIT_LITTLE_ENDIAN, 16, bitsStored, photometric)
        .number(DicomTags.ROWS, 2)
        .number(DicomTags.COLUMNS, 3)
        .pixels(words);
  }

  private static DicomWriter colour(String photometric, byte[] samples) {
    return SyntheticDicom.header(DRAWN, DicomWriter.EXPLICIT_LITTLE_ENDIAN, 8, 8, photometric)
        .number(DicomTags.SAMPLES_PER_PIXEL, 3)
        .number(DicomTags.ROWS, 2)
        .number(DicomTags.COLUMNS, 3)
        .pixels(samples);
  }

  private static int[] samples(byte[] file) {
    byte[] samples = DECODER.decode(file).samples();
    int[] values = new int[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i] & 0xFF;
    }
    return values;
  }
}
