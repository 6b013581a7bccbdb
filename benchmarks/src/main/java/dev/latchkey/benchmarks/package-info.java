/**
 * What a call costs, in time and memory, beside the field's other libraries. The classes that end in {@code Benchmark}
 * run under JMH; {@link dev.latchkey.benchmarks.Stampede} and {@link dev.latchkey.benchmarks.HeapPerAccount} are
 * programs. Start with {@code benchmarks/README.md}.
 */
package dev.latchkey.benchmarks;
