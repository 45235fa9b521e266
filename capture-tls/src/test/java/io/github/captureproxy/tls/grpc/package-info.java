/** gRPC through inspection, with grpc-java on both sides. */
@NullMarked
package io.github.captureproxy.tls.grpc;

import org.jspecify.annotations.NullMarked;
