package io.github.captureproxy.tls.internal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
    @ParameterizedTest
    @CsvSource({
        "ANDROID, 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36'",
        "ANDROID, 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0'",
        "IOS, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1'",
        "IOS, 'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/127.0 Safari/605.1.15'",
        "WINDOWS, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Edg/126.0.0.0'",
        "MACOS, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15'",
        "LINUX, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'",
        "LINUX, 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'",
        "FIREFOX, 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'",
        "FIREFOX, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0'"
    })
    void isToldByItsUserAgent(Device device, String agent) {
        assertThat(Device.of(headers("User-Agent", agent))).contains(device);
    }

    @ParameterizedTest
    @CsvSource({"ANDROID, Android", "WINDOWS, Windows", "MACOS, macOS", "LINUX, Linux", "IOS, iOS", "LINUX, Chrome OS"})
    void isToldByItsPlatformHintFirst(Device device, String platform) {
        HeaderList headers = HeaderList.of(List.of(
                new Header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
                new Header("Sec-CH-UA-Platform", "\"" + platform + "\"")));
        assertThat(Device.of(headers)).contains(device);
    }

    @Test
    void isUnknownWhereNothingTells() {
        assertThat(Device.of(HeaderList.empty())).isEmpty();
        assertThat(Device.of(headers("User-Agent", "curl/8.0"))).isEmpty();
        assertThat(Device.of(headers("Sec-CH-UA-Platform", "\"Fuchsia\""))).isEmpty();
    }

    private static HeaderList headers(String name, String value) {
        return HeaderList.of(List.of(new Header(name, value)));
    }
}
