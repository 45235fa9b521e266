/** Times the parts of the proxy that do no I/O, with JMH. */
package io.github.captureproxy.examples.benchmark.pure;
