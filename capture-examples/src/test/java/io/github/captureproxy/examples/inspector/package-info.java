@NullMarked
package io.github.captureproxy.examples.inspector;

import org.jspecify.annotations.NullMarked;
