package io.thorax.dataset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Defaults of a data set's request, and the bounds of assembling it. */
@ConfigMapping(prefix = "thorax.dataset")
public interface DatasetConfig {

  /** Projections taken; one of them as a word of an image's view is enough. */
  @WithDefault("PA,AP")
  @NotEmpty
  List<String> views();

  @WithDefault("binary")
  ClassMode classMode();

  /** Class names in the order of their labels. */
  @Valid
  Classes classes();

  /** Share of all images to validate on. */
  @WithDefault("0.08")
  @DecimalMin("0")
  @DecimalMax(value = "1", inclusive = false)
  double valSplit();

  /** Share of all images to test on. */
  @WithDefault("0.1")
  @DecimalMin("0")
  @DecimalMax(value = "1", inclusive = false)
  double testSplit();

  /** RSNA images taken: half without pneumonia, the rest with. */
  @WithDefault("1000")
  @Min(0)
  int numRsnaImages();

  @WithDefault("patient")
  GroupBy groupBy();

  /** Folder layout: a file's name up to this text names its patient. Unset: each image its own. */
  Optional<String> folderPatientSeparator();

  /** Findings that are a pneumonia though their name does not say so. */
  @WithDefault(
      "SARS,MERS,MERS-CoV,Steptococcus,Streptococcus,Legionella,Klebsiella,Chlamydophila,"
          + "Pneumocystis,Mycoplasma,Lipoid,E.Coli,Varicella,Influenza,Bacterial,Viral,Fungal")
  List<String> otherPneumonias();

  @Valid
  NearDuplicates nearDuplicates();

  /** Of the division into splits, unless the request has one. */
  @WithDefault("42")
  long seed();

  /** Local folders below which sources may lie; none by default. */
  Optional<List<Path>> allowedRoots();

  /** Buckets in which sources may lie. */
  @WithDefault("xrays,${thorax.object-store.artifacts-bucket:thorax}")
  Optional<List<String>> allowedBuckets();

  /**
   * Where pixel caches are written and kept; unset: {@code thorax-<user>/pixels} in the temporary
   * folder.
   */
  Optional<Path> workDirectory();

  /**
   * Of all pixel caches on the local disk together. The ones whose last use is longest ago go
   * first, none that is in use; they come back from the store.
   */
  @WithDefault("20G")
  MemorySize maxCacheSize();

  /** Images read and decoded at once; 0: one for each processor. */
  @WithDefault("0")
  @Min(0)
  int parallelism();

  @Valid
  Limits limits();

  /** What neither split takes is there to be trained on. */
  @AssertTrue(
      message =
          "thorax.dataset.val-split and thorax.dataset.test-split must be less than 1 together")
  default boolean isTrainingLeft() {
    return valSplit() + testSplit() < 1;
  }

  /** Names of the classes for each mode. */
  interface Classes {
    @WithDefault("non-COVID-19,COVID-19")
    @Size(min = 2, max = 2)
    List<String> binary();

    @WithDefault("normal,COVID-19,other_pneumonia")
    @Size(min = 2)
    List<String> multiclass();
  }

  /** When two images are the same picture, see {@link NearDuplicateRule}. */
  interface NearDuplicates {
    @WithDefault("10")
    @Min(-1)
    @Max(64)
    int distance();

    @WithDefault("0.96")
    @DecimalMin("0")
    @DecimalMax("1")
    double correlation();
  }

  /** Bounds of one source. */
  interface Limits {
    @WithDefault("500000")
    @Min(1)
    int maxFiles();

    /** Of each metadata file. */
    @WithDefault("64M")
    @Min(1)
    @Max(Integer.MAX_VALUE - 8)
    MemorySize maxMetadataSize();
  }
}
