package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapturedRequestTest {
    private static final HttpOrigin ORIGIN = new HttpOrigin("http", "Example.com", 8080);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/a/b?c=d?e,/a/b,c=d?e,http://example.com:8080/a/b?c=d?e",
                "/,/,none,http://example.com:8080/",
                "/a?,/a,'',http://example.com:8080/a?",
                "http://EXAMPLE.com:8080/x/?y,/x/,y,http://example.com:8080/x/?y",
                "http://example.com:8080,/,none,http://example.com:8080/",
                "http://example.com:8080?q=/z,/,q=/z,http://example.com:8080/?q=/z",
                "http://example.com:8080/a?u=http://b/c,/a,u=http://b/c,http://example.com:8080/a?u=http://b/c",
                "//a//b?c,//a//b,c,http://example.com:8080//a//b?c",
                "/a?x=http://b/,/a,x=http://b/,http://example.com:8080/a?x=http://b/",
                "/a#f?b,/a#f,b,http://example.com:8080/a#f?b",
                "/r\u00e4w|{}?\u00fc,/r\u00e4w|{},\u00fc,http://example.com:8080/r\u00e4w|{}?\u00fc",
            })
    void pathQueryAndUrlStandAsTheyWereSent(String target, String path, @Nullable String query, String url) {
        CapturedRequest request = request("GET", target, ORIGIN);

        assertThat(request.target()).isEqualTo(target);
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.query()).isEqualTo(Optional.ofNullable(query));
        assertThat(request.url()).isEqualTo(url);
    }

    @Test
    void theAsteriskFormAddsNoPathToTheOrigin() {
        CapturedRequest request = request("OPTIONS", "*", ORIGIN);

        assertThat(request.path()).isEqualTo("*");
        assertThat(request.url()).isEqualTo("http://example.com:8080");
    }

    @ParameterizedTest
    @CsvSource({"G\u0100T,/,HTTP/1.1,method", "GET,/\ud83d\ude00,HTTP/1.1,target", "GET,/,HTTP/\u2081,HTTP version"})
    void whatIsNotOneCharacterAByteIsRefusedByItsName(String method, String target, String version, String part) {
        assertThatThrownBy(() -> new CapturedRequest(
                        method, target, version, ORIGIN, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the " + part + " has U+");
    }

    @Test
    void theMessageNamesTheCharacterAndItsPlace() {
        assertThatThrownBy(() -> request("GET", "/a\ud83d\ude00", ORIGIN)).hasMessageContaining("U+1F600 at index 2");
    }

    @Test
    void anAuthorityFormHasTheRootAsItsPath() {
        CapturedRequest request = request("CONNECT", "example.com:443", null);

        assertThat(request.path()).isEqualTo("/");
        assertThat(request.url()).isEqualTo("example.com:443");
        assertThat(request.host()).isEmpty();
    }

    @Test
    void aRequestOverItsHeadReadsTheSame() {
        byte[] head = "POST /p?q HTTP/1.1\r\nHost: a\r\nX-Bytes: \u00ff\r\n\r\n".getBytes(ISO_8859_1);

        CapturedRequest request = CapturedRequest.ofHead("POST", head, 5, 9, 20, "HTTP/1.1", ORIGIN);

        assertThat(request.target()).isEqualTo("/p?q");
        assertThat(request.headers()).containsExactly(new Header("Host", "a"), new Header("X-Bytes", "\u00ff"));
        CapturedBody body = CapturedBody.of(new byte[] {1});
        CapturedRequest whole = request.withBody(body, HeaderList.of("T", "v"));
        assertThat(whole.body()).isSameAs(body);
        assertThat(whole.trailers().first("t")).contains("v");
        assertThat(whole.headers()).isSameAs(request.headers());
    }

    @Test
    void noSecretOfTheTargetIsPrinted() {
        assertThat(request("GET", "/a?token=hidden", ORIGIN)).hasToString("GET http://example.com:8080/a?...");
        assertThat(request("GET", "http://me:hidden@example.com:8080/a?token=hidden", ORIGIN)
                        .toString())
                .doesNotContain("hidden");
        assertThat(request("GET", "http://me:hidden@example.com/a?token=hidden", null)
                        .toString())
                .doesNotContain("hidden");
        assertThat(request("GET", "/a@b", ORIGIN)).hasToString("GET http://example.com:8080/a@b");
        assertThat(request("GET", "/a", ORIGIN)).hasToString("GET http://example.com:8080/a");
    }

    private static CapturedRequest request(String method, String target, @Nullable HttpOrigin origin) {
        return new CapturedRequest(
                method, target, "HTTP/1.1", origin, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
    }
}
