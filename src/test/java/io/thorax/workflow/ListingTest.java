package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.thorax.persistence.Page;
import io.thorax.persistence.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private static final Paging FIRST = new Paging(20, Optional.empty());

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void aLimitOutOfRangeIsNamed(int limit) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> new Paging(limit, Optional.empty()));
    assertEquals("limit", refusal.field());
  }

  @Test
  void everyLimitInRangeIsOneOfTheRepositoriesToo() {
    for (int limit : new int[] {1, Paging.MAX_LIMIT}) {
      Listing<Integer> listing =
          of(new Paging(limit, Optional.empty()), new Page<>(List.of(1), Optional.empty()));
      assertEquals(new Listing<>(List.of(1), Optional.empty()), listing);
    }
  }

  @Test
  void itemsAreMappedAndTheCursorIsKept() {
    Page<Integer> page = new Page<>(List.of(1, 2), Optional.of("next"));
    assertEquals(
        new Listing<>(List.of("1", "2"), Optional.of("next")),
        Listing.of(FIRST, request -> Uni.createFrom().item(page), String::valueOf)
            .await()
            .indefinitely());
  }

  @Test
  void theQueryIsAskedForWhatTheClientAskedFor() {
    Optional<String> cursor = Optional.of(cursor("1000:id"));
    Listing.of(
            new Paging(7, cursor),
            request -> {
              assertEquals(new PageRequest(7, cursor), request);
              return Uni.createFrom().item(new Page<>(List.of(), Optional.empty()));
            },
            item -> item)
        .await()
        .indefinitely();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "abc", "MTIz"})
  void aCursorThatIsNoneIsNamed(String cursor) {
    assertNamesTheCursor(
        new Paging(20, Optional.of(cursor)), new Page<>(List.of(), Optional.empty()));
  }

  @Test
  void aCursorOfAnotherListIsNamed() {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                Listing.of(
                    new Paging(20, Optional.of(cursor("1000:no-uuid"))),
                    request -> {
                      throw new IllegalArgumentException("no-uuid");
                    },
                    item -> item));
    assertEquals("cursor", refusal.field());
  }

  private static void assertNamesTheCursor(Paging paging, Page<Integer> page) {
    assertEquals(
        "cursor", assertThrows(InvalidInputException.class, () -> of(paging, page)).field());
  }

  private static Listing<Integer> of(Paging paging, Page<Integer> page) {
    return Listing.of(paging, request -> Uni.createFrom().item(page), item -> item)
        .await()
        .indefinitely();
  }

  private static String cursor(String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
