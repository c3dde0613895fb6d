package io.drover.contracts.error;

import java.util.List;

/**
 * The one exception that carries an {@link ErrorCode} out of any part; {@code
 * UntrustedRecordException} is the one special case of it.
 */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  public ProblemException(ErrorCode code, String detail) {
    this(Problem.of(code, detail));
  }

  public ProblemException(ErrorCode code, String detail, Throwable cause) {
    super(code + ": " + detail, cause);
    this.problem = Problem.of(code, detail);
  }

  public ProblemException(ErrorCode code, String detail, List<Problem.Fault> errors) {
    this(Problem.of(code, detail, errors));
  }

  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail());
    this.problem = problem;
  }

  public ErrorCode code() {
    return problem.code();
  }

  public Problem problem() {
    return problem;
  }
}
