package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    private static final String LONG_PATH = "/first/" + "x".repeat(200) + "/last.html";

    private final Lines plain = new Lines(Layout.PLAIN, ZoneOffset.UTC);
    private final Lines coloured = new Lines(Layout.terminal(130, true), ZoneOffset.UTC);

    @Test
    void anExchangeShowsTimeMethodUrlStatusTypeSizeAndDuration() {
        Exchange exchange =
                Samples.get("/a?b=c", 200, "text/html; charset=utf-8").build();

        assertThat(plain.of(exchange).split(" {2,}"))
                .containsExactly(
                        "03:04:05.678", "GET", "http://example.com/a?b=c", "200", "text/html", "1.5 KiB", "12 ms");
    }

    @Test
    void linesOfShortUrlsAlignTheirColumns() {
        String one = plain.of(Samples.get("/", 200, "text/html").build());
        String other =
                plain.of(Samples.exchange("OPTIONS", "/longer/path", 204, "").build());

        assertThat(one.indexOf(" 200 ")).isPositive().isEqualTo(other.indexOf(" 204 "));
        assertThat(one).hasSameSizeAs(other);
    }

    @Test
    void offATerminalALongUrlStaysWholeAndNothingIsColoured() {
        assertThat(plain.of(Samples.get(LONG_PATH, 500, "text/html").build()))
                .contains("http://example.com" + LONG_PATH + " 500 ")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 119, 120, 200})
    void onATerminalALineFitsItsWidth(int width) {
        Lines lines = new Lines(Layout.terminal(width, false), ZoneOffset.UTC);

        assertThat(lines.of(Samples.get(LONG_PATH, 200, "application/vnd.ms-excel.sheet.macroEnabled")
                        .build()))
                .hasSize(width)
                .contains("http://", "...", ".html ");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 119, 120, 200})
    void onATerminalTheWidestColumnsAndALongNoteFitToo(int width) {
        Lines lines = new Lines(Layout.terminal(width, false), ZoneOffset.UTC);
        Exchange exchange = Samples.exchange("VERSION-CONTROL", LONG_PATH, 200, "application/" + "x".repeat(99))
                .timings(
                        Samples.START,
                        new Timings(-1, -1, -1, -1, 0, Duration.ofMinutes(59).toNanos(), 0))
                .outcome(Samples.failure(Outcome.Status.CONNECT_FAILED, "y".repeat(300) + " end"))
                .build();

        assertThat(lines.of(exchange).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSize(width))
                .first()
                .asString()
                .contains("  VERSION http://");
        assertThat(lines.of(exchange)).contains("connect failed: yyy", "...", "yyy end");
    }

    @Test
    void userAndPasswordInAUrlAreNotShown() {
        assertThat(plain.of(Samples.malformed("GET", "http://me:s3cret@example.com/a@b")
                        .build()))
                .contains(" http://***@example.com/a@b ")
                .doesNotContain("s3cret");
        assertThat(plain.of(Samples.malformed("CONNECT", "me:s3cret@example.com:443")
                        .build()))
                .contains(" ***@example.com:443 ")
                .doesNotContain("s3cret");
    }

    @Test
    void anAtSignBehindTheHostIsNoUser() {
        assertThat(plain.of(Samples.get("/@scope/pkg@1.2?by=me@home", 200, "").build()))
                .contains(" http://example.com/@scope/pkg@1.2?by=me@home ");
    }

    @Test
    void anAnswerThatTheProxyWasAskedForIsNoFailure() {
        assertThat(plain.of(Samples.ownAnswer())).endsWith("12 ms  answered by the proxy itself");
        assertThat(coloured.of(Samples.ownAnswer()))
                .contains("\u001b[32m200\u001b[0m")
                .doesNotContain("\u001b[31m");
    }

    @Test
    void theStatusIsColouredByItsClass() {
        assertThat(coloured.of(Samples.get("/", 200, "").build())).contains("\u001b[32m200\u001b[0m");
        assertThat(coloured.of(Samples.get("/", 302, "").build())).contains("\u001b[36m302\u001b[0m");
        assertThat(coloured.of(Samples.get("/", 404, "").build())).contains("\u001b[33m404\u001b[0m");
        assertThat(coloured.of(Samples.get("/", 503, "").build())).contains("\u001b[31m503\u001b[0m");
    }

    @Test
    void aFailureShowsItsOutcomeAndDetail() {
        Exchange exchange = Samples.get("/", 0, "")
                .outcome(Samples.failure(Outcome.Status.UNKNOWN_HOST, "no such name"))
                .build();

        assertThat(plain.of(exchange))
                .containsPattern("/ +- +- +- +12 ms")
                .endsWith("12 ms  unknown host: no such name");
        assertThat(coloured.of(exchange).lines())
                .hasSize(2)
                .last()
                .isEqualTo(" ".repeat(14) + "\u001b[31munknown host: no such name\u001b[0m");
    }

    @Test
    void whatWasSentCannotSteerTheTerminal() {
        Exchange exchange = Samples.exchange("GET\u0007", "/\u001b[2J\r\n\u009b", 200, "a/b\u001b[31m")
                .outcome(Samples.failure(Outcome.Status.MALFORMED_RESPONSE, "bad \u001b]0;x\u202e"))
                .build();

        assertThat(plain.of(exchange))
                .contains("GET?", "/?[2J???", " a/b?[31m ", "bad ?]0;x?")
                .matches("\\P{Cntrl}*");
    }

    @Test
    void aUrlOfUtf8BytesIsReadable() {
        assertThat(plain.of(Samples.get("/caf\u00c3\u00a9", 200, "").build()))
                .contains("http://example.com/caf\u00e9 ");
    }

    @Test
    void anUpgradedExchangeSaysSo() {
        WebSocketMessage hello = new WebSocketMessage(
                WebSocketMessage.Direction.SENT,
                WebSocketMessage.Type.TEXT,
                Samples.START,
                new byte[] {'h', 'i'},
                false,
                2);
        Exchange exchange = Samples.get("/chat", 101, "")
                .upgraded("websocket", List.of(hello, hello))
                .outcome(new Outcome(Outcome.Status.UPGRADED, Outcome.Side.NONE, 0, ""))
                .build();

        assertThat(plain.of(exchange)).endsWith("  upgraded to websocket, kept 2 sent and 0 received messages");
    }

    @Test
    void aTunnelShowsItsTargetWithReasonAndBytes() {
        String line = plain.of(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "example.com", Samples.DONE));

        assertThat(line)
                .startsWith("03:04:05.678  CONNECT example.com:443 ")
                .endsWith("2.7 KiB    1.25 s  passed through: HTTPS is not looked into, 700 B sent, 2.0 KiB received");
    }

    @Test
    void aTunnelNamesTheServerThatWasAskedForUnderAnotherName() {
        assertThat(plain.of(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "inner.example", Samples.DONE)))
                .contains("looked into for inner.example, ");
    }

    @Test
    void aTunnelThatFailedShowsWhy() {
        Outcome failure = Samples.failure(Outcome.Status.CONNECT_FAILED, "refused");

        assertThat(plain.of(Samples.tunnel(Tunnel.Reason.NOT_OPENED, "x", failure)))
                .endsWith("  connect failed: refused");
    }

    @ParameterizedTest
    @EnumSource(Tunnel.Reason.class)
    void everyReasonIsInWords(Tunnel.Reason reason) {
        Outcome outcome = reason == Tunnel.Reason.NOT_OPENED ? Samples.failure(Outcome.Status.LOOP, "") : Samples.DONE;

        assertThat(plain.of(Samples.tunnel(reason, "x", outcome)))
                .containsPattern("1\\.25 s  [a-zT]")
                .doesNotContain("_");
    }

    @Test
    void aTunnelTellsTheReasonsDetailAndWhatMendsIt() {
        assertThat(plain.of(Samples.tunnel(Tunnel.Reason.HSTS, "it is preloaded", "example.com", Samples.DONE)))
                .contains(
                        "passed through: this site uses HSTS and this device doesn't trust the capture authority yet: it is preloaded;"
                                + " to see inside, have this device trust the capture authority, then open"
                                + " https://capture.internal/trust-check on it, ");
        assertThat(plain.of(Samples.tunnel(
                        Tunnel.Reason.ORIGIN_CERTIFICATE_INVALID,
                        "the origin's certificate expired on 2020-01-02",
                        "example.com",
                        Samples.DONE)))
                .contains("passed through: the site's certificate is not valid: the origin's certificate expired on "
                        + "2020-01-02; if you know it, ");
    }

    @Test
    void aTunnelNamesOptionsAndNotTheLibrarysMethods() {
        assertThat(plain.of(Samples.tunnel(
                        Tunnel.Reason.HOST_RULE, "the rule passThroughHosts(*.com) matches", "x", Samples.DONE)))
                .contains("your rules leave this host alone: the rule --pass-through (*.com) matches");
        assertThat(plain.of(Samples.tunnel(
                        Tunnel.Reason.HSTS, "never (HstsMode.PASS_THROUGH)", "example.com", Samples.DONE)))
                .contains("and --hsts pass-through leaves those alone, ")
                .doesNotContain("trust the capture authority");
    }

    @Test
    void aFailedHandshakeIsALineOfItsOwn() {
        String refused = plain.of(Samples.tlsFailure(Outcome.Side.CLIENT, "it sent the alert unknown_ca"));

        assertThat(refused)
                .startsWith("03:04:05.678  TLS     example.com:443 ")
                .contains(" handshake ")
                .endsWith("  it sent the alert unknown_ca; its next connection passes through");
        assertThat(plain.of(Samples.tlsFailure(Outcome.Side.ORIGIN, "it expired")))
                .endsWith("  it expired");
    }
}
