package io.thorax.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.ThoraxClient;
import io.thorax.synthetic.BadFiles;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * X-rays of every format, told in every way that an event may come, with bad ones among them for
 * each reason there is.
 */
final class MixedPost {
  /** Between the largest good image and {@link #tooLarge}. */
  static final String SIZE_LIMIT = "100K";

  private static final int SIDE = 64;
  private static final String UPLOADED = "xray.uploaded";

  private final String prefix;
  private final List<Posted> posted = new ArrayList<>();

  private MixedPost(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @param prefix of all keys
   * @param good images that are classified
   * @param badOfEachReason rounds over all reasons, spread among the good ones
   */
  static List<Posted> of(String prefix, int good, int badOfEachReason) {
    MixedPost post = new MixedPost(prefix);
    for (int i = 0; i < good; i++) {
      post.good(i);
      for (int round = 0; round < badOfEachReason; round++) {
        if (i == (2 * round + 1) * good / (2 * badOfEachReason)) {
          post.oneOfEachReason(round);
        }
      }
    }
    return List.copyOf(post.posted);
  }

  private void good(int number) {
    SyntheticRadiograph radiograph = radiograph(number);
    String suffix;
    byte[] content;
    switch (number % 4) {
      case 0 -> {
        suffix = ".png";
        content = PictureWriter.png(radiograph);
      }
      case 1 -> {
        suffix = ".jpg";
        content = PictureWriter.jpeg(radiograph, 0.9);
      }
      case 2 -> {
        suffix = ".dcm";
        content = SyntheticDicom.sixteenBitInverted(radiograph);
      }
      default -> {
        suffix = ".dcm";
        content = SyntheticDicom.jpeg(radiograph, 0.9);
      }
    }
    // the ways take turns at another pace than the formats
    switch (number / 4 % 8) {
      case 5 -> notified("Lunge größer " + number + suffix, content);
      case 6 -> structured("good-" + number + suffix, content, true);
      case 7 -> structured("good-" + number + suffix, content, false);
      default -> binary("good-" + number + suffix, content, Posted.CLASSIFIED);
    }
  }

  private void oneOfEachReason(int round) {
    binary("missing-" + round, null, "not-found");
    tooLarge(round);
    binary("letter-" + round, BadFiles.text(round), "unsupported-format");
    binary("rle-" + round, BadFiles.unsupportedTransferSyntaxDicom(round), "unsupported-format");
    binary(
        "corrupt-" + round,
        round % 2 == 0 ? BadFiles.corruptPng(round) : BadFiles.truncatedJpeg(round),
        "corrupt");
    binary("frames-" + round, BadFiles.multiFrameDicom(round), "multi-frame");
    binary("ct-" + round, BadFiles.ctDicom(round), "wrong-modality");
    binary("lateral-" + round, BadFiles.lateralDicom(round), "wrong-view");
    forbidden(round);
    mismatched(round);
    unknownModel(round);
  }

  /** In bytes, or in the pixels that its header claims. */
  private void tooLarge(int round) {
    byte[] content = BadFiles.pixelBombPng(round);
    if (round % 2 == 0) {
      content = new byte[150_000];
      new Random(round).nextBytes(content);
    }
    binary("large-" + round, content, "too-large");
  }

  private void forbidden(int round) {
    String key = prefix + "forbidden-" + round;
    add(key, null, "forbidden-location", ThoraxClient.upload("elsewhere", key));
  }

  private void mismatched(int round) {
    String key = prefix + "mismatched-" + round;
    ObjectNode data = upload(key);
    data.withObject("/image").put("sha256", "1".repeat(64));
    byte[] content = PictureWriter.png(radiograph(10_000 + round));
    add(key, content, "digest-mismatch", data);
  }

  private void unknownModel(int round) {
    String key = prefix + "stranger-" + round;
    ObjectNode data = upload(key).put("model", round % 2 == 0 ? "nobody" : "f".repeat(64));
    byte[] content = PictureWriter.png(radiograph(20_000 + round));
    add(key, content, "unknown-model", data);
  }

  private void binary(String name, byte[] content, String expected) {
    add(prefix + name, content, expected, upload(prefix + name));
  }

  private void structured(String name, byte[] content, boolean withContentType) {
    String key = prefix + name;
    posted.add(
        new Posted(
            key,
            content,
            Posted.CLASSIFIED,
            ThoraxClient.structured(UPLOADED, key, id(), upload(key), withContentType)));
  }

  /** As MinIO tells of a new object. */
  private void notified(String name, byte[] content) {
    String key = prefix + name;
    ObjectNode body = ThoraxClient.JSON.createObjectNode();
    body.put("EventName", "s3:ObjectCreated:Put").put("Key", TrainedStack.BUCKET + "/" + key);
    ObjectNode entry = body.putArray("Records").addObject();
    entry.put("eventVersion", "2.0").put("eventName", "s3:ObjectCreated:Put");
    ObjectNode s3 = entry.putObject("s3");
    s3.putObject("bucket").put("name", TrainedStack.BUCKET);
    s3.putObject("object").put("key", URLEncoder.encode(key, StandardCharsets.UTF_8));
    posted.add(
        new Posted(
            key,
            content,
            Posted.CLASSIFIED,
            new ProducerRecord<>(
                "bucket.notifications", key, body.toString().getBytes(StandardCharsets.UTF_8))));
  }

  private void add(String key, byte[] content, String expected, ObjectNode data) {
    posted.add(new Posted(key, content, expected, ThoraxClient.binary(UPLOADED, key, id(), data)));
  }

  private static ObjectNode upload(String key) {
    return ThoraxClient.upload(TrainedStack.BUCKET, key);
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static SyntheticRadiograph radiograph(int seed) {
    return SyntheticRadiograph.of(
        seed % 2 == 0 ? Finding.NORMAL : Finding.COVID_19, 500_000L + seed, SIDE);
  }
}
