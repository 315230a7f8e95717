package io.thorax.dataset;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.thorax.imaging.AcquisitionPolicy;
import io.thorax.imaging.DecodingLimits;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.objectstore.ObjectStore;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of this package build with. */
final class DatasetFixtures {
  static final String BUCKET = "artifacts";
  static final InputSpec INPUT = InputSpec.ofSize(32, 32);
  static final DatasetRules BINARY = rules(ClassMode.BINARY, "non-COVID-19", "COVID-19");
  static final DatasetRules MULTICLASS =
      rules(ClassMode.MULTICLASS, "normal", "COVID-19", "other_pneumonia");

  private DatasetFixtures() {}

  static DatasetConfig defaults() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(DatasetConfig.class)
        .build()
        .getConfigMapping(DatasetConfig.class);
  }

  static DatasetRules rules(ClassMode mode, String... classes) {
    return new DatasetRules(
        List.of("PA", "AP"),
        mode,
        List.of(classes),
        0.08,
        0.1,
        1000,
        GroupBy.PATIENT,
        "",
        defaults().otherPneumonias(),
        new NearDuplicateRule(10, 0.96),
        42);
  }

  static DatasetRules withRsna(DatasetRules rules, int images) {
    return new DatasetRules(
        rules.views(),
        rules.classMode(),
        rules.classes(),
        rules.valSplit(),
        rules.testSplit(),
        images,
        rules.groupBy(),
        rules.folderPatientSeparator(),
        rules.otherPneumonias(),
        rules.nearDuplicates(),
        rules.seed());
  }

  static DatasetRules withFolderPatients(DatasetRules rules, String separator, GroupBy groupBy) {
    return new DatasetRules(
        rules.views(),
        rules.classMode(),
        rules.classes(),
        rules.valSplit(),
        rules.testSplit(),
        rules.numRsnaImages(),
        groupBy,
        separator,
        rules.otherPneumonias(),
        rules.nearDuplicates(),
        rules.seed());
  }

  static DatasetSpec spec(Map<Layout, Path> roots, DatasetRules rules) {
    Map<Layout, SourceLocation> locations = new EnumMap<>(Layout.class);
    roots.forEach((layout, root) -> locations.put(layout, new SourceLocation.LocalFolder(root)));
    return new DatasetSpec("test", Sources.of(locations), rules);
  }

  static RadiographDecoder decoder() {
    return new RadiographDecoder(DecodingLimits.DEFAULT, AcquisitionPolicy.ADMIT_ALL);
  }

  static final AssemblySettings SETTINGS = new AssemblySettings(2, 1 << 26, 1 << 26);

  static PixelDirectory caches(Path workDirectory) {
    return new PixelDirectory(workDirectory, 1 << 30);
  }

  static DatasetAssembler assembler(ObjectStore store, Path allowedRoot, Path workDirectory) {
    return new DatasetAssembler(
        store,
        BUCKET,
        new SourceAccess(store, List.of(allowedRoot), Optional.empty(), 10_000),
        decoder(),
        SETTINGS,
        caches(workDirectory));
  }

  static SourceFiles files(Path root) {
    return LocalFiles.under(List.of(root), root, 10_000);
  }
}
