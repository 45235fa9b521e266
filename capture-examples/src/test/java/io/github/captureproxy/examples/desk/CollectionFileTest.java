package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection that grows beside History. */
@Timeout(30)
class CollectionFileTest {
    @TempDir
    Path folder;

    @Test
    void itGrowsThroughTwoProxies() throws Exception {
        Path file = folder.resolve("calls.json");
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        origin.start();
        try (CollectionFile collection = new CollectionFile()) {
            collection.writeTo(Optional.of(file));
            for (String path : new String[] {"/first", "/second"}) {
                try (CaptureProxy proxy =
                        CaptureProxy.builder().port(0).listener(collection).start()) {
                    URI uri =
                            URI.create("http://127.0.0.1:" + origin.getAddress().getPort() + path);
                    HttpClient.newBuilder()
                            .proxy(proxy.proxySelector())
                            .build()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
                }
            }
            assertThat(collection.problem()).isEmpty();
        } finally {
            origin.stop(0);
        }
        assertThat(Files.readString(file)).contains("\"calls\"", "first", "second");
    }

    @Test
    void aFileThatIsThereStays() throws Exception {
        Path file = Files.writeString(folder.resolve("calls.json"), "mine");
        try (CollectionFile collection = new CollectionFile()) {
            collection.writeTo(Optional.of(file));
            assertThat(collection.file()).contains(folder.resolve("calls-2.json"));
            collection.writeTo(Optional.empty());
            assertThat(collection.file()).isEmpty();
        }
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls.json", "/nowhere/at/all/calls.json", "/tmp/calls.txt"})
    void whatCantBeWrittenIsSaid(String path) {
        try (CollectionFile collection = new CollectionFile()) {
            assertThatThrownBy(() -> collection.writeTo(Optional.of(Path.of(path))))
                    .isInstanceOf(DeskException.class)
                    .hasMessageContaining(path);
        }
    }
}
