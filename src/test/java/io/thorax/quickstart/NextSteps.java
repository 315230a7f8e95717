package io.thorax.quickstart;

import io.thorax.client.ThoraxClient.Addresses;

/** Commands to copy and paste. */
final class NextSteps {
  private NextSteps() {}

  static String text(QuickstartOptions options, Addresses addresses, String sample) {
    String api = options.serviceUrl() + "/api/v1";
    return String.join(
        System.lineSeparator(),
        "What to try next" + (options.exit() ? " (without -Dquickstart.exit=true):" : ":"),
        "  curl -s " + api + "/predictions?limit=3",
        "  curl -si --data-binary @" + sample + " -H 'Content-Type: image/png' " + api + "/images",
        "  curl -s " + api + "/models",
        "  curl -s " + api + "/training-runs",
        "  curl -s " + options.serviceUrl() + "/q/metrics | grep ^thorax_",
        "  kcat -b " + addresses.kafka() + " -t xray.classified -C -e",
        "  The API's description: " + options.serviceUrl() + "/q/openapi",
        options.exit() ? "" : "Running until Ctrl-C.");
  }
}
