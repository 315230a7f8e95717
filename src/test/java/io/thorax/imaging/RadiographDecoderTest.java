package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.DECODER;
import static io.thorax.imaging.Fixtures.assertRejected;
import static io.thorax.imaging.Fixtures.rejection;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.study.Failure;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.synthetic.BadFiles;
import io.thorax.synthetic.DicomWriter;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RadiographDecoderTest {
  private static final SyntheticRadiograph DRAWN = SyntheticRadiograph.of(Finding.NORMAL, 1, 128);
  private static final RadiographDecoder FRONTAL =
      new RadiographDecoder(
          DecodingLimits.DEFAULT,
          new AcquisitionPolicy(Set.of("CR", "DX"), Set.of("PA", "AP"), true));

  @Test
  void moreBytesThanAllowedAreTooLarge() {
    byte[] png = PictureWriter.png(DRAWN);
    RadiographDecoder narrow =
        new RadiographDecoder(
            new DecodingLimits(png.length - 1, 1_000_000), AcquisitionPolicy.ADMIT_ALL);
    assertEquals(RejectReason.TOO_LARGE, rejection(narrow, png));
  }

  @Test
  void morePixelsThanAllowedAreTooLargeInEveryFormat() {
    RadiographDecoder narrow =
        new RadiographDecoder(
            new DecodingLimits(10_000_000, 128 * 128 - 1), AcquisitionPolicy.ADMIT_ALL);
    assertEquals(RejectReason.TOO_LARGE, rejection(narrow, PictureWriter.png(DRAWN)));
    assertEquals(RejectReason.TOO_LARGE, rejection(narrow, PictureWriter.jpeg(DRAWN, 0.9)));
    assertEquals(RejectReason.TOO_LARGE, rejection(narrow, SyntheticDicom.eightBit(DRAWN)));
    assertEquals(RejectReason.TOO_LARGE, rejection(narrow, SyntheticDicom.jpeg(DRAWN, 0.9)));
  }

  @Test
  void otherFilesAreUnsupported() {
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, new byte[0]);
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, new byte[1000]);
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, BadFiles.text(3));
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, "%PDF-1.7 and so on".repeat(50).getBytes());
  }

  @Test
  void everyBadFileIsRefusedForItsReason() {
    assertEquals(RejectReason.CORRUPT, rejection(FRONTAL, BadFiles.corruptPng(1)));
    assertEquals(RejectReason.CORRUPT, rejection(FRONTAL, BadFiles.truncatedJpeg(1)));
    assertEquals(RejectReason.MULTI_FRAME, rejection(FRONTAL, BadFiles.multiFrameDicom(1)));
    assertEquals(RejectReason.WRONG_MODALITY, rejection(FRONTAL, BadFiles.ctDicom(1)));
    assertEquals(RejectReason.WRONG_VIEW, rejection(FRONTAL, BadFiles.lateralDicom(1)));
    assertEquals(
        RejectReason.UNSUPPORTED_FORMAT,
        rejection(FRONTAL, BadFiles.unsupportedTransferSyntaxDicom(1)));
    assertEquals(RejectReason.UNSUPPORTED_FORMAT, rejection(FRONTAL, BadFiles.text(1)));
    assertEquals(RejectReason.TOO_LARGE, rejection(FRONTAL, BadFiles.pixelBombPng(1)));
  }

  @Test
  void thePolicyOfAllAdmitsModalitiesAndViews() {
    DECODER.decode(BadFiles.ctDicom(1));
    DECODER.decode(BadFiles.lateralDicom(1));
  }

  @Test
  void aViewIsAdmittedByOneOfItsWords() {
    FRONTAL.decode(withView("AP SUPINE"));
    FRONTAL.decode(withView("ap"));
    assertEquals(RejectReason.WRONG_VIEW, rejection(FRONTAL, withView("LATERAL")));
  }

  @Test
  void whatIsNotStatedIsAdmittedOnlyIfThePolicySaysSo() {
    byte[] unstated = writer().without(DicomTags.VIEW_POSITION).bytes();
    FRONTAL.decode(unstated);
    RadiographDecoder strict =
        new RadiographDecoder(
            DecodingLimits.DEFAULT, new AcquisitionPolicy(Set.of(), Set.of("PA"), false));
    assertEquals(RejectReason.WRONG_VIEW, rejection(strict, unstated));
    strict.decode(PictureWriter.png(DRAWN));
  }

  @Test
  void refusalsTellNothingOfThePatient() {
    byte[] dicom = writer().text(DicomTags.MODALITY, "CS", "SYNTHETIC^NOBODY JR").bytes();
    Failure.Rejected refusal =
        assertThrows(
            Failure.Rejected.class,
            () ->
                new RadiographDecoder(
                        DecodingLimits.DEFAULT,
                        new AcquisitionPolicy(Set.of("CR"), Set.of(), false))
                    .decode(dicom));
    assertFalse(refusal.getMessage().contains("NOBODY"), refusal.getMessage());
  }

  @Test
  void threadsDoNotDisturbOneAnother() {
    byte[] jpeg = PictureWriter.jpeg(DRAWN, 0.9);
    Radiograph expected = DECODER.decode(jpeg);
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> assertArrayEquals(expected.samples(), DECODER.decode(jpeg).samples()));
  }

  private static byte[] withView(String view) {
    return writer().text(DicomTags.VIEW_POSITION, "CS", view).bytes();
  }

  private static DicomWriter writer() {
    return SyntheticDicom.eightBitWriter(DRAWN, DicomWriter.EXPLICIT_LITTLE_ENDIAN);
  }
}
