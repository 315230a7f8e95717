package io.thorax.training;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a request wants other than the configuration has it. Keys are accepted as the configuration
 * spells them ({@code batch-size}) and as the reference system does ({@code BATCH_SIZE}); values as
 * JSON gives them: numbers, texts that hold numbers, lists. Every complaint names the key.
 *
 * <p>Each key is asked for once; {@link #refuseOthers} then names what nobody asked for.
 */
final class Overrides {
  private static final int LONGEST_QUOTE = 60;
  private static final int LARGEST_WINDOW = 1024;

  private final Map<String, Object> values = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  /**
   * @throws IllegalArgumentException if two spellings of one key are given
   */
  Overrides(Map<String, Object> given) {
    given.forEach(
        (key, value) -> {
          if (values.put(canonical(key), value) != null) {
            throw new IllegalArgumentException(canonical(key) + ": given twice");
          }
        });
  }

  private static String canonical(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int integer(int otherwise, int least, int most, String... spellings) {
    return Math.toIntExact(whole(otherwise, least, most, spellings));
  }

  long whole(long otherwise, long least, long most, String... spellings) {
    return value(otherwise, given -> whole(given, least, most), spellings);
  }

  double decimal(double otherwise, double least, double most, String... spellings) {
    return value(otherwise, given -> decimal(given, least, most), spellings);
  }

  /** A single number counts as a list of one. */
  List<Double> decimals(List<Double> otherwise, double least, double most, String... spellings) {
    return value(
        otherwise,
        given -> elements(given).stream().map(one -> decimal(one, least, most)).toList(),
        spellings);
  }

  <E extends Enum<E>> E choice(E otherwise, String... spellings) {
    return value(otherwise, given -> choice(otherwise.getDeclaringClass(), given), spellings);
  }

  <E extends Enum<E>> List<E> choices(Class<E> type, List<E> otherwise, String... spellings) {
    return value(
        otherwise,
        given -> elements(given).stream().map(one -> choice(type, one)).toList(),
        spellings);
  }

  /**
   * @param parser throws IllegalArgumentException saying what the text must be
   */
  <T> T parsed(T otherwise, Function<String, T> parser, String... spellings) {
    return value(otherwise, given -> parser.apply(given.toString().strip()), spellings);
  }

  /** One number for both directions, a list of two, or the reference's text {@code (3,3)}. */
  List<Integer> pair(List<Integer> otherwise, String... spellings) {
    return value(
        otherwise,
        given -> {
          List<Integer> numbers =
              elements(given).stream().map(one -> (int) whole(one, 1, LARGEST_WINDOW)).toList();
          if (numbers.isEmpty() || numbers.size() > 2) {
            throw new IllegalArgumentException("must be one or two whole numbers");
          }
          return List.of(numbers.get(0), numbers.get(numbers.size() - 1));
        },
        spellings);
  }

  /**
   * @throws IllegalArgumentException if a key was given that nobody asked for
   */
  void refuseOthers() {
    String unknown =
        values.keySet().stream()
            .filter(key -> !known.contains(key))
            .sorted()
            .map(Overrides::quote)
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          unknown
              + ": no such training or network key; known are "
              + known.stream().sorted().toList());
    }
  }

  private <T> T value(T otherwise, Function<Object, T> reading, String... spellings) {
    known.addAll(Arrays.asList(spellings));
    List<String> given = Arrays.stream(spellings).filter(values::containsKey).toList();
    if (given.isEmpty()) {
      return otherwise;
    }
    String key = spellings[0];
    if (given.size() > 1) {
      throw new IllegalArgumentException(key + ": given twice, as " + given);
    }
    Object value = values.get(given.get(0));
    try {
      return reading.apply(requireGiven(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          key + ": " + e.getMessage() + ", not " + quote(String.valueOf(value)), e);
    }
  }

  private static Object requireGiven(Object value) {
    if (value == null) {
      throw new IllegalArgumentException("must have a value");
    }
    return value;
  }

  private static List<?> elements(Object given) {
    if (given instanceof List<?> list) {
      return list;
    }
    if (given instanceof String text) {
      return Arrays.stream(text.replaceAll("[()\\[\\]\\s]", "").split(",")).toList();
    }
    return List.of(given);
  }

  private static long whole(Object given, long least, long most) {
    try {
      long number = new BigDecimal(String.valueOf(given).strip()).longValueExact();
      return within(number, number >= least && number <= most, least, most);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static double decimal(Object given, double least, double most) {
    double number = number(given);
    return within(number, number >= least && number <= most, least, most);
  }

  private static <N extends Number> N within(N number, boolean holds, Number least, Number most) {
    if (!holds) {
      throw new IllegalArgumentException("must be from " + least + " to " + most);
    }
    return number;
  }

  private static double number(Object given) {
    if (given instanceof Number number) {
      return number.doubleValue();
    }
    if (given instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("must be a number", e);
      }
    }
    throw new IllegalArgumentException("must be a number");
  }

  private static <E extends Enum<E>> E choice(Class<E> type, Object given) {
    String wanted = letters(String.valueOf(given));
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> letters(constant.name()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(constant -> canonical(constant.name()))
                            .toList()));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
  }

  private static String quote(String value) {
    return value.length() > LONGEST_QUOTE ? value.substring(0, LONGEST_QUOTE) + "..." : value;
  }
}
