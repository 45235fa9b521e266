/** What a user writes to point a client at the proxy: the README shows it, and it is run here. */
package io.github.captureproxy.tls.recipes;
