package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ModelConfig config(Map<String, String> values) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(ModelConfig.class)
            .withDefaultValues(values)
            .build();
    return config.getConfigMapping(ModelConfig.class);
  }

  @Test
  void configurationHasTheReferencesDefaults() {
    ModelConfig config = config(Map.of());
    assertEquals(NetworkSpec.dcnnBinary(), ModelConfig.networkSpec(config.dcnnBinary()));
    assertEquals(NetworkSpec.dcnnMulticlass(), ModelConfig.networkSpec(config.dcnnMulticlass()));
    assertEquals(new OptimizerSpec.Adam(1e-5), ModelConfig.optimizerSpec(config.dcnnBinary()));
    assertEquals(new OptimizerSpec.Adam(2e-4), ModelConfig.optimizerSpec(config.dcnnMulticlass()));
  }

  @Test
  void everyKeyOfANetworkCanBeSet() {
    ModelConfig.Network network =
        config(
                Map.ofEntries(
                    Map.entry("thorax.model.dcnn-binary.kernel-size", "5,3"),
                    Map.entry("thorax.model.dcnn-binary.init-filters", "8"),
                    Map.entry("thorax.model.dcnn-binary.filter-exp-base", "2"),
                    Map.entry("thorax.model.dcnn-binary.maxpool-size", "3,3"),
                    Map.entry("thorax.model.dcnn-binary.conv-blocks", "5"),
                    Map.entry("thorax.model.dcnn-binary.nodes-dense0", "64"),
                    Map.entry("thorax.model.dcnn-binary.optimizer", "SGD"),
                    Map.entry("thorax.model.dcnn-binary.learning-rate", "0.1"),
                    Map.entry("thorax.model.dcnn-binary.dropout", "0"),
                    Map.entry("thorax.model.dcnn-binary.l2-lambda", "0")))
            .dcnnBinary();
    assertEquals(
        new NetworkSpec(
            "dcnn_resnet", new Window(5, 3), Window.square(1), 8, 2, Window.square(3), 5, 64, 0, 0),
        ModelConfig.networkSpec(network));
    assertEquals(new OptimizerSpec.Sgd(0.1), ModelConfig.optimizerSpec(network));
  }

  @Test
  void jsonComesBack() throws JsonProcessingException {
    NetworkSpec spec = NetworkSpec.dcnnMulticlass();
    String json = JSON.writeValueAsString(spec);
    assertEquals("[3,3]", JSON.readTree(json).get("kernel").toString());
    assertEquals(spec, JSON.readValue(json, NetworkSpec.class));
    OptimizerSpec optimizer = new OptimizerSpec.Sgd(0.1);
    assertEquals(
        optimizer, JSON.readValue(JSON.writeValueAsString(optimizer), OptimizerSpec.class));
  }

  @Test
  void refusesWhatCannotBeBuilt() {
    assertThrows(IllegalArgumentException.class, () -> with("resnet", 1, 0.4, 3));
    assertThrows(IllegalArgumentException.class, () -> with("dcnn_resnet", 2, 0.4, 3));
    assertThrows(IllegalArgumentException.class, () -> with("dcnn_resnet", 1, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> with("dcnn_resnet", 1, 0.4, 0));
    assertThrows(IllegalArgumentException.class, () -> with("dcnn_resnet", 1, 0.4, 40));
    assertThrows(IllegalArgumentException.class, () -> new OptimizerSpec.Adam(0));
    assertThrows(IllegalArgumentException.class, () -> OptimizerSpec.of("adagrad", 1));
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 1));
  }

  @Test
  void outputBiasIsTheLogOdds() {
    assertArrayEquals(
        new double[] {Math.log(1), Math.log(1.0 / 3), Math.log(1.0 / 3)},
        OutputBias.logOdds(2, 1, 1),
        1e-12);
    assertThrows(IllegalArgumentException.class, () -> OutputBias.logOdds(5, 0));
    assertThrows(IllegalArgumentException.class, () -> OutputBias.logOdds(5));
  }

  private static NetworkSpec with(String definition, int stride, double dropout, int blocks) {
    return new NetworkSpec(
        definition,
        Window.square(3),
        Window.square(stride),
        16,
        3,
        Window.square(2),
        blocks,
        128,
        dropout,
        0);
  }
}
