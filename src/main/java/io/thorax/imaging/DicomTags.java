package io.thorax.imaging;

/**
 * Tags (PS3.6) as {@code group << 16 | element}. Those of the patient are for the readers of data
 * sets, which group and describe by them; they never reach a log, a metric, an event or a row.
 */
public final class DicomTags {
  public static final int SPECIFIC_CHARACTER_SET = 0x00080005;
  public static final int SOP_INSTANCE_UID = 0x00080018;
  public static final int MODALITY = 0x00080060;
  public static final int SERIES_DESCRIPTION = 0x0008103E;
  public static final int PATIENT_ID = 0x00100020;
  public static final int PATIENT_SEX = 0x00100040;
  public static final int PATIENT_AGE = 0x00101010;
  public static final int VIEW_POSITION = 0x00185101;
  public static final int STUDY_INSTANCE_UID = 0x0020000D;
  public static final int SERIES_INSTANCE_UID = 0x0020000E;

  static final int TRANSFER_SYNTAX_UID = 0x00020010;
  static final int SAMPLES_PER_PIXEL = 0x00280002;
  static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
  static final int PLANAR_CONFIGURATION = 0x00280006;
  static final int NUMBER_OF_FRAMES = 0x00280008;
  static final int ROWS = 0x00280010;
  static final int COLUMNS = 0x00280011;
  static final int BITS_ALLOCATED = 0x00280100;
  static final int BITS_STORED = 0x00280101;
  static final int HIGH_BIT = 0x00280102;
  static final int PIXEL_REPRESENTATION = 0x00280103;
  static final int PIXEL_PADDING_VALUE = 0x00280120;
  static final int WINDOW_CENTER = 0x00281050;
  static final int WINDOW_WIDTH = 0x00281051;
  static final int RESCALE_INTERCEPT = 0x00281052;
  static final int RESCALE_SLOPE = 0x00281053;
  static final int VOI_LUT_FUNCTION = 0x00281056;
  static final int PIXEL_DATA = 0x7FE00010;

  static final int ITEM = 0xFFFEE000;
  static final int ITEM_END = 0xFFFEE00D;
  static final int SEQUENCE_END = 0xFFFEE0DD;

  private DicomTags() {}
}
