package io.github.captureproxy.examples.lan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.OwnPage;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanPagesTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 40_000);
    private static final String OWN = "192.0.2.9:5555";

    private final Devices devices = new Devices(Clock.systemUTC(), address -> false, new Devices.Listener() {
        @Override
        public void renewed(EntryCode code) {}

        @Override
        public void allowed(Devices.Device device) {}
    });

    private final LanPages pages = new LanPages(
            devices,
            request -> Optional.of(new OwnPage("text/plain", Map.of(), ("set up " + request.path()).getBytes(UTF_8))));

    private OwnPage get(String target) {
        return answer("GET", target, "", List.of());
    }

    private OwnPage post(String code, Header... headers) {
        return answer("POST", "/", "code=" + code, List.of(headers));
    }

    private OwnPage answer(String method, String target, String form, List<Header> headers) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        all.add(new Header("User-Agent", "Mozilla/5.0 (Linux; Android 14)"));
        HeaderList fields = HeaderList.of(all);
        CapturedRequest message = new CapturedRequest(
                method,
                target,
                "HTTP/1.1",
                null,
                fields,
                CapturedBody.of(form.getBytes(UTF_8), fields),
                HeaderList.empty());
        return pages.page(new OwnPage.Request(message, false, devices.allows(CLIENT.getAddress()), OWN, CLIENT))
                .orElseThrow();
    }

    private boolean isIn() {
        return devices.allows(CLIENT.getAddress());
    }

    private static String text(OwnPage page) {
        return new String(page.body(), UTF_8);
    }

    @Test
    void aDeviceThatIsNotInIsAskedForTheCode() {
        OwnPage page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page))
                .contains("<form method=\"post\" action=\"/\">", OWN)
                .doesNotContain("{{");
        assertThat(page.headers())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Referrer-Policy", "same-origin");
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void theCodeInTheAddressStandsInTheFieldAndLetsNobodyInByItself() {
        assertThat(text(get("/?code=" + devices.code().text())))
                .contains("value=\"" + devices.code().text() + "\"");
        assertThat(isIn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?code=\"><script>", "/?code=%22%3E", "/?kode=AAAA-AAAA", "/?"})
    void nothingButACodeStandsInTheField(String target) {
        assertThat(text(get(target))).contains("value=\"\"").doesNotContain("<script");
    }

    @Test
    void theRightCodeLetsTheDeviceInAndLeadsToItsSteps() {
        OwnPage page = post(devices.code().text(), new Header("Origin", "http://" + OWN));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.headers()).containsEntry("Location", "/");
        assertThat(devices.list())
                .singleElement()
                .satisfies(it -> assertThat(it.name()).isEqualTo("Android"));
        assertThat(text(get("/"))).isEqualTo("set up /");
        assertThat(get("/?code=AAAA-AAAA").headers()).containsEntry("Location", "/");
    }

    @Test
    void aWrongCodeIsRefusedInWords() {
        OwnPage page = post("");
        assertThat(page.status()).isEqualTo(403);
        assertThat(text(page)).contains("role=\"alert\"", "not the code");
        assertThat(isIn()).isFalse();
    }

    @Test
    void tooManyWrongCodesAreRefusedUnread() {
        for (int i = 0; i < Attempts.MAX_OF_CLIENT; i++) {
            post("");
        }
        OwnPage page = post(devices.code().text());
        assertThat(page.status()).isEqualTo(429);
        assertThat(text(page)).contains("Too many wrong codes", "192.0.2.7");
        assertThat(isIn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.test",
        "Origin, null",
        "Origin, https://192.0.2.9:5555",
        "Origin, http://192.0.2.9:55555",
        "Origin, http://192.0.2.9",
        "Referer, http://evil.test/"
    })
    void aFormThatAnotherSiteSentIsNotReadAndCostsNoAttempt(String field, String value) {
        for (int i = 0; i <= Attempts.MAX_OF_CLIENT; i++) {
            assertThat(post(devices.code().text(), new Header(field, value)).status())
                    .isEqualTo(403);
        }
        assertThat(isIn()).isFalse();
        post(devices.code().text(), new Header("Referer", "http://" + OWN + "/?code=x"));
        assertThat(isIn()).isTrue();
    }

    @Test
    void allElseIsLeftToTheSetUpPages() {
        assertThat(text(get("/proxy.pac"))).isEqualTo("set up /proxy.pac");
    }
}
