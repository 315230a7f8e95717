package io.thorax;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The house's rules: a package imports from lower ranks only, and nothing goes in circles. */
@AnalyzeClasses(packages = "io.thorax", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesImportFromLowerRanksOnly =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("study")
          .definedBy("io.thorax.study..")
          .layer("imaging")
          .definedBy("io.thorax.imaging..")
          .layer("objectstore")
          .definedBy("io.thorax.objectstore..")
          .layer("persistence")
          .definedBy("io.thorax.persistence..")
          .layer("dataset")
          .definedBy("io.thorax.dataset..")
          .layer("model")
          .definedBy("io.thorax.model..")
          .layer("inference")
          .definedBy("io.thorax.inference..")
          .layer("training")
          .definedBy("io.thorax.training..")
          .layer("explain")
          .definedBy("io.thorax.explain..")
          .layer("workflow")
          .definedBy("io.thorax.workflow..")
          .layer("messaging")
          .definedBy("io.thorax.messaging..")
          .layer("api")
          .definedBy("io.thorax.api..")
          .whereLayer("study")
          .mayNotAccessAnyLayer()
          .whereLayer("imaging")
          .mayOnlyAccessLayers("study")
          .whereLayer("objectstore")
          .mayOnlyAccessLayers("study")
          .whereLayer("persistence")
          .mayOnlyAccessLayers("study")
          .whereLayer("dataset")
          .mayOnlyAccessLayers("imaging", "objectstore", "study")
          .whereLayer("model")
          .mayOnlyAccessLayers("imaging", "study")
          .whereLayer("inference")
          .mayOnlyAccessLayers("model", "imaging", "objectstore", "persistence", "study")
          .whereLayer("training")
          .mayOnlyAccessLayers("dataset", "model", "imaging", "objectstore", "persistence", "study")
          .whereLayer("explain")
          .mayOnlyAccessLayers(
              "inference", "model", "imaging", "objectstore", "persistence", "study")
          .whereLayer("workflow")
          .mayOnlyAccessLayers(
              "explain",
              "inference",
              "training",
              "dataset",
              "model",
              "imaging",
              "objectstore",
              "persistence",
              "study")
          .whereLayer("messaging")
          .mayOnlyAccessLayers("workflow", "study")
          .whereLayer("api")
          .mayOnlyAccessLayers("workflow", "study");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("io.thorax.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theDomainIsPlainJava =
      noClasses()
          .that()
          .resideInAPackage("io.thorax.study..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("io.thorax.study..", "java..");

  @ArchTest
  static final ArchRule imagingKnowsNeitherCdiNorTensorFlow =
      noClasses()
          .that()
          .resideInAPackage("io.thorax.imaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "jakarta.enterprise..", "jakarta.inject..");
}
