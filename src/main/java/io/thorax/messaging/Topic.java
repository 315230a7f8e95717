package io.thorax.messaging;

/** The topics of Thorax. An event's type is {@code io.thorax.<topic>.v1}. */
enum Topic {
  XRAY_UPLOADED("xray.uploaded"),
  BUCKET_NOTIFICATIONS("bucket.notifications"),
  DATASET_REQUESTED("dataset.requested"),
  TRAINING_REQUESTED("training.requested"),
  XRAY_CLASSIFIED("xray.classified"),
  XRAY_REJECTED("xray.rejected"),
  DATASET_ASSEMBLED("dataset.assembled"),
  TRAINING_PROGRESSED("training.progressed"),
  TRAINING_COMPLETED("training.completed"),
  REQUEST_FAILED("request.failed"),
  DEAD_LETTER("dead-letter");

  private final String topicName;

  Topic(String topicName) {
    this.topicName = topicName;
  }

  String topicName() {
    return topicName;
  }

  String eventType() {
    return "io.thorax." + topicName + ".v1";
  }
}
