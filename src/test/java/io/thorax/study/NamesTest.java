package io.thorax.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(strings = {"1.2.840.10008.1.2", "2.25.01", "1"})
  void aUidHasDigitsAndDots(String uid) {
    assertTrue(DicomUid.isValid(uid));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DOE^JOHN", "1.2 ", "1.2\n", "1,2"})
  void anythingElseIsNoUid(String text) {
    assertFalse(DicomUid.isValid(text));
  }

  @Test
  void aUidHasAtMost64Characters() {
    assertTrue(DicomUid.isValid("1".repeat(64)));
    assertFalse(DicomUid.isValid("1".repeat(65)));
  }

  @Test
  void aModelIsNamedByAnAliasOrItsDigest() {
    assertTrue(ModelReference.isValid("champion-2.1_b"));
    assertTrue(ModelReference.isAlias("champion-2.1_b"));
    assertTrue(ModelReference.isValid(DIGEST));
    assertFalse(ModelReference.isAlias(DIGEST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
  void anythingElseNamesNoModel(String text) {
    assertFalse(ModelReference.isValid(text));
    assertFalse(ModelReference.isAlias(text));
  }

  /** The example of RFC 9562, appendix A.4. */
  @Test
  void anIdentifierIsAUuidOfVersion5() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertEquals(
        UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
        Identifiers.version5(dns, "www.example.com"));
  }

  @Test
  void theSameNameOfAnotherKindIsAnotherIdentifier() {
    assertEquals(Identifiers.of("run", "a"), Identifiers.of("run", "a"));
    assertNotEquals(Identifiers.of("run", "a"), Identifiers.of("assembly", "a"));
    assertNotEquals(Identifiers.of("run", "a"), Identifiers.of("run", "b"));
  }
}
