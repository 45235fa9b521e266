package io.github.captureproxy.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/",
                "http://localhost.:8080/",
                "http://app.localhost/",
                "http://App.LocalHost./",
                "http://127.0.0.1/",
                "http://0.0.0.0/",
                "http://[::1]/"
            })
    void isOnThisMachine(String uri) {
        assertThat(Target.of(URI.create(uri)).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://notlocalhost/", "http://localhost.test/", "http://203.0.113.1/"})
    void isElsewhere(String uri) {
        assertThat(Target.of(URI.create(uri)).isLoopback()).isFalse();
    }
}
