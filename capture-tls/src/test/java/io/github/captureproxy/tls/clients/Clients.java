package io.github.captureproxy.tls.clients;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** All clients, with all TLS versions. */
final class Clients {
    private Clients() {}

    static Stream<Arguments> all() {
        return Stream.<HttpsClient>concat(Stream.of(JavaClient.values()), Stream.of(Program.values()))
                .flatMap(client -> versions().map(version -> Arguments.of(client, version)));
    }

    static Stream<String> versions() {
        return Stream.of("1.2", "1.3");
    }
}
