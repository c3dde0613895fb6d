package io.drover.bench;

import io.drover.definition.argv.NativeArgv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One definition, from its text to QEMU's command line, in a warm JVM. Run by JMH, in a fork. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DefinitionBenchmark {
  /** The system property that names the definition's file. */
  static final String FILE = "drover.bench.definition";

  private String xml = "";

  /** Reads the file, once. */
  @Setup
  public void read() throws IOException {
    xml = Files.readString(Path.of(System.getProperty(FILE, "")));
  }

  /** What is measured. */
  @Benchmark
  public List<String> toCommandLine() {
    return NativeArgv.of(xml);
  }
}
