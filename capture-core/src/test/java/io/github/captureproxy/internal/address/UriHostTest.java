package io.github.captureproxy.internal.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriHostTest {
    @ParameterizedTest
    @CsvSource({
        "http://shop.example/path, shop.example, -1",
        "http://shop.example:8080, shop.example, 8080",
        "http://[::1]:8080/, ::1, 8080",
        "http://192.0.2.1, 192.0.2.1, -1",
        "http://my_service:8080/a_b, my_service, 8080",
        "http://my_service, my_service, -1",
        "http://my_service:, my_service, -1",
        "https://-a.example, -a.example, -1",
        "http://my_service:99999999, my_service, 99999999",
    })
    void aHostIsFoundWhateverItIsCalled(String uri, String name, int port) {
        assertThat(UriHost.of(URI.create(uri))).contains(new UriHost(name, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/path",
                "http:///path",
                "mailto:a@b",
                "http://user@my_service/",
                "http://a_b:x/",
                "http://a$b/",
                "http://192.0.2.300",
                "http://1.2.3.4.5:80"
            })
    void whatNamesNoneHasNone(String uri) {
        assertThat(UriHost.of(URI.create(uri))).isEmpty();
    }
}
