package io.thorax.study;

import java.util.Objects;

/**
 * The three kinds of failure, told apart once, where they are thrown:
 *
 * <ul>
 *   <li>{@link Rejected}: the input is bad; asking again with it cannot help.
 *   <li>{@link Transient}: a broker, store or database is away; asking again will help.
 *   <li>{@link Poison}: anything else; a bounded number of attempts, then a dead letter.
 * </ul>
 */
public abstract sealed class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Failure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Bad input. The message never holds anything of a patient. */
  public static final class Rejected extends Failure {
    private static final long serialVersionUID = 1L;
    private final RejectReason reason;

    public Rejected(RejectReason reason, String detail) {
      this(reason, detail, null);
    }

    public Rejected(RejectReason reason, String detail, Throwable cause) {
      super(detail, cause);
      this.reason = Objects.requireNonNull(reason, "reason");
    }

    public RejectReason reason() {
      return reason;
    }
  }

  /** A server that the work needs is away or overloaded for now. */
  public static final class Transient extends Failure {
    private static final long serialVersionUID = 1L;

    public Transient(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A failure of no known kind: a defect of ours, or a server that refuses for good. */
  public static final class Poison extends Failure {
    private static final long serialVersionUID = 1L;

    public Poison(String message) {
      super(message, null);
    }

    public Poison(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The failure as it is, or anything unknown as {@link Poison}. */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    return new Poison(thrown.getClass().getSimpleName() + ": " + thrown.getMessage(), thrown);
  }
}
