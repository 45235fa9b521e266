package io.github.captureproxy.internal.wire;

import static io.github.captureproxy.internal.wire.Wire.assertRefused;
import static io.github.captureproxy.internal.wire.Wire.request;
import static io.github.captureproxy.internal.wire.Wire.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    private static final String REQUEST = "POST / HTTP/1.1";
    private static final String RESPONSE = "HTTP/1.1 200 OK";

    private static Framing ofRequest(String... lines) throws MalformedMessageException {
        return Framing.ofRequest(request(lines));
    }

    private static Framing ofResponse(String method, String... lines) throws MalformedMessageException {
        return Framing.ofResponse(response(lines), method);
    }

    @Test
    void aRequestWithoutLengthHasNoBody() throws MalformedMessageException {
        assertThat(ofRequest(REQUEST)).isSameAs(Framing.NONE);
        assertThat(ofRequest("GET / HTTP/1.0")).isSameAs(Framing.NONE);
    }

    @Test
    void aResponseWithoutLengthGoesOnUntilClose() throws MalformedMessageException {
        assertThat(ofResponse("GET", RESPONSE)).isSameAs(Framing.UNTIL_CLOSE);
        assertThat(ofResponse("CONNECT", "HTTP/1.1 403 No")).isSameAs(Framing.UNTIL_CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5,5", "00012,12", "'  7 ',7", "999999999999999999,999999999999999999"})
    void aNumberIsALength(String value, long length) throws MalformedMessageException {
        Framing request = ofRequest(REQUEST, "content-LENGTH: " + value);
        assertThat(request.kind()).isEqualTo(Framing.Kind.LENGTH);
        assertThat(request.length()).isEqualTo(length);
        assertThat(ofResponse("GET", RESPONSE, "Content-Length:" + value).length())
                .isEqualTo(length);
        assertThat(request).hasToString("LENGTH " + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED", "  chunked\t"})
    void chunkedAloneIsChunked(String value) throws MalformedMessageException {
        assertThat(ofRequest(REQUEST, "Transfer-Encoding:" + value)).isSameAs(Framing.CHUNKED);
        assertThat(ofResponse("GET", RESPONSE, "TRANSFER-encoding:" + value)).isSameAs(Framing.CHUNKED);
        assertThat(Framing.CHUNKED).hasToString("CHUNKED");
    }

    static Stream<String> badLengths() {
        return Stream.of(
                "",
                "+4",
                "-1",
                "4 4",
                "5, 5",
                "5,5",
                "5, 6",
                ",5",
                "5,",
                "0x10",
                "a",
                "5a",
                "1e3",
                "5.0",
                "\"5\"",
                "5;",
                "1234567890123456789",
                "9223372036854775808",
                "0000000000000000005",
                "\u00b2",
                "5\u00a0",
                "_5");
    }

    @ParameterizedTest
    @MethodSource("badLengths")
    void refusesLengthsThatAreNotOneNumber(String value) {
        assertRefused(400, () -> ofRequest(REQUEST, "Content-Length: " + value));
        assertRefused(400, () -> ofResponse("GET", RESPONSE, "Content-Length: " + value));
        assertRefused(400, () -> ofResponse("HEAD", RESPONSE, "Content-Length: " + value));
        assertRefused(400, () -> ofResponse("GET", "HTTP/1.1 304 X", "Content-Length: " + value));
        assertRefused(400, () -> ofResponse("GET", "HTTP/1.1 204 X", "Content-Length: " + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "6", "", "x"})
    void refusesRepeatedLengths(String second) {
        assertRefused(400, () -> ofRequest(REQUEST, "Content-Length: 5", "A: b", "content-length: " + second));
        assertRefused(400, () -> ofResponse("GET", RESPONSE, "Content-Length: 5", "Content-Length: " + second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "identity", "gzip", ""})
    void refusesACodingBesideALength(String coding) {
        String te = "Transfer-Encoding: " + coding;
        assertRefused(400, () -> ofRequest(REQUEST, te, "Content-Length: 5"));
        assertRefused(400, () -> ofRequest(REQUEST, "Content-Length: 5", te));
        assertRefused(400, () -> ofResponse("GET", RESPONSE, te, "Content-Length: 5"));
        assertRefused(400, () -> ofResponse("HEAD", RESPONSE, te, "Content-Length: 5"));
    }

    @Test
    void refusesACodingInHttp10() {
        assertRefused(400, () -> ofRequest("POST / HTTP/1.0", "Transfer-Encoding: chunked"));
        assertRefused(400, () -> ofResponse("GET", "HTTP/1.0 200 OK", "Transfer-Encoding: chunked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "gzip, chunked", "identity", "xchunked", "chunke", "chunked-", "deflate,gzip , chunked"})
    void doesNotKnowOtherCodings(String value) {
        assertRefused(501, () -> ofRequest(REQUEST, "Transfer-Encoding: " + value));
        assertRefused(501, () -> ofResponse("GET", RESPONSE, "Transfer-Encoding: " + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "chunked,",
                ",chunked",
                "chunked, chunked",
                "chunked chunked",
                "chunked, gzip",
                "gzip,,chunked",
                "chunked;q=1",
                "chunked;",
                "\"chunked\"",
                "gzip;x=y, chunked",
                "chunked, identity",
                "[chunked]",
                "chunked\u00a0",
                "ch\u00fcnked"
            })
    void refusesCodingsThatAreMalformedOrBehindChunked(String value) {
        assertRefused(400, () -> ofRequest(REQUEST, "Transfer-Encoding: " + value));
        assertRefused(400, () -> ofResponse("GET", RESPONSE, "Transfer-Encoding: " + value));
    }

    @Test
    void readsAllLinesOfCodingsAsOne() {
        String chunked = "Transfer-Encoding: chunked";
        String gzip = "Transfer-Encoding: gzip";
        assertRefused(400, () -> ofRequest(REQUEST, chunked, chunked));
        assertRefused(400, () -> ofRequest(REQUEST, chunked, gzip));
        assertRefused(400, () -> ofRequest(REQUEST, chunked, "Transfer-Encoding:"));
        assertRefused(501, () -> ofRequest(REQUEST, gzip, "A: b", chunked));
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200", "HEAD,404", "GET,100", "GET,101", "GET,103", "GET,204", "GET,304", "HEAD,304"})
    void someResponsesHaveNoBodyWhateverTheirLength(String method, int status) throws MalformedMessageException {
        String line = "HTTP/1.1 " + status + " X";
        assertThat(ofResponse(method, line)).isSameAs(Framing.NONE);
        assertThat(ofResponse(method, line, "Content-Length: 5")).isSameAs(Framing.NONE);
        assertThat(ofResponse(method, line, "Transfer-Encoding: chunked")).isSameAs(Framing.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 204})
    void someResponsesNeverHaveACoding(int status) throws MalformedMessageException {
        String line = "HTTP/1.1 " + status + " X";
        assertThat(ofResponse("GET", line, "Transfer-Encoding: x,", "Content-Length: 5"))
                .isSameAs(Framing.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void aTunnelHasNoFraming(int status) throws MalformedMessageException {
        String line = "HTTP/1.1 " + status + " X";
        assertThat(ofResponse("CONNECT", line, "Content-Length: 5", "Content-Length: x"))
                .isSameAs(Framing.NONE);
        assertThat(ofResponse("CONNECT", line, "Transfer-Encoding: gzip")).isSameAs(Framing.NONE);
    }

    @Test
    void aRefusedTunnelHasABody() throws MalformedMessageException {
        assertThat(ofResponse("CONNECT", "HTTP/1.1 407 X", "Content-Length: 5").length())
                .isEqualTo(5);
    }
}
