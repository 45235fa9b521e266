/** Rules about hosts: which names and addresses a rule means. Pure. */
@NullMarked
package io.github.captureproxy.tls.internal.host;

import org.jspecify.annotations.NullMarked;
