package io.thorax.objectstore;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Max;
import java.math.BigInteger;

/**
 * Gives {@link Max} a meaning for the sizes of a configuration: bytes. Found as a service, so that
 * the configurations of all packages are checked by it.
 */
public final class MostMemorySize implements ConstraintValidator<Max, MemorySize> {
  private BigInteger bound = BigInteger.ZERO;

  @Override
  public void initialize(Max annotation) {
    bound = BigInteger.valueOf(annotation.value());
  }

  @Override
  public boolean isValid(MemorySize size, ConstraintValidatorContext context) {
    return size == null || size.asBigInteger().compareTo(bound) <= 0;
  }
}
