/** What operators see: {@link dev.latchkey.spring.metrics.AcquireMeters} and {@link dev.latchkey.spring.metrics.AuthorityHealth}. */
package dev.latchkey.spring.metrics;
