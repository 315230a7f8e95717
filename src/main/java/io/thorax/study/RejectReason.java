package io.thorax.study;

import java.util.Locale;

/** Why an input was refused. The wire name is also the metric's tag. */
public enum RejectReason {
  /** No such object, bucket or version in the store. */
  NOT_FOUND,
  /** The bucket or the local root is not on the allow-list, or the store refuses access to it. */
  FORBIDDEN_LOCATION,
  /** More bytes or more pixels than the limits allow. */
  TOO_LARGE,
  /** Neither PNG nor JPEG nor DICOM, or a transfer syntax that is not read. */
  UNSUPPORTED_FORMAT,
  /** The format is known, but its content cannot be decoded. */
  CORRUPT,
  /** A DICOM object of several frames. */
  MULTI_FRAME,
  /** A DICOM modality that the policy does not admit. */
  WRONG_MODALITY,
  /** A DICOM view that the policy does not admit. */
  WRONG_VIEW,
  /** The bytes are not those whose digest the event names. */
  DIGEST_MISMATCH,
  /** The event names a model, by alias or digest, that does not exist. */
  UNKNOWN_MODEL;

  /** As it stands in events, rows and metrics: {@code not-found}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException if no reason has that name
   */
  public static RejectReason ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
