package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The faults of one document, collected while it is read. Not for use by several threads. */
public final class XmlFaults {
  private final List<Problem.Fault> faults = new ArrayList<>();
  private final int limit;
  private int left;

  public XmlFaults(int limit) {
    this.limit = limit;
  }

  /** Adds a fault; beyond the limit it is only counted, and not even made. */
  void add(Supplier<Problem.Fault> fault) {
    if (faults.size() < limit) {
      faults.add(fault.get());
    } else {
      left++;
    }
  }

  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The faults in the order of the document. */
  public List<Problem.Fault> inOrder() {
    return faults.stream()
        .sorted(
            Comparator.comparingInt(Problem.Fault::line).thenComparingInt(Problem.Fault::column))
        .toList();
  }

  /** Throws one problem with all the faults, if there are any. */
  public void throwIfAny() {
    if (faults.isEmpty()) {
      return;
    }
    List<Problem.Fault> all = inOrder();
    ErrorCode code =
        all.stream().map(Problem.Fault::code).distinct().count() == 1
            ? all.get(0).code()
            : ErrorCode.INVALID_DEFINITION;
    int count = all.size() + left;
    Problem.Fault first = all.get(0);
    throw new ProblemException(code, sentence(first) + more(count - 1), all);
  }

  private String more(int others) {
    if (others == 0) {
      return "";
    }
    String listed = left == 0 ? "" : "; the first " + limit + " are listed";
    return " (and " + others + (others == 1 ? " more fault" : " more faults") + listed + ")";
  }

  private static String sentence(Problem.Fault fault) {
    String place =
        fault.line() > 0 ? " (line " + fault.line() + ", column " + fault.column() + ")" : "";
    return fault.path() + ": " + fault.detail() + place;
  }
}
