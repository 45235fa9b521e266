/** Rules for traffic: what a proxy is to change on its way, apart from what it captures. */
@NullMarked
package io.github.captureproxy.rules;

import org.jspecify.annotations.NullMarked;
