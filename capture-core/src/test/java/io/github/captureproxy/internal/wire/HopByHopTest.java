package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {

    private static List<String> passing(String... lines) throws MalformedMessageException {
        Fields fields = Wire.fields(lines);
        HopByHop hopByHop = HopByHop.of(fields);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            if (!hopByHop.drops(fields, i)) {
                names.add(fields.name(i));
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Proxy-Connection",
                "Keep-Alive",
                "TE",
                "Upgrade",
                "Transfer-Encoding",
                "HTTP2-Settings",
                "Proxy-Authorization"
            })
    void dropsWhatIsAboutTheConnection(String name) throws MalformedMessageException {
        assertThat(passing("A: b", name + ": x", "C: d")).containsExactly("A", "C");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trailer",
                "Proxy-Authenticate",
                "Proxy-Authentication-Info",
                "Via",
                "Expect",
                "Max-Forwards",
                "Host",
                "Content-Length",
                "Cookie",
                "Sec-WebSocket-Key"
            })
    void passesTheRest(String name) throws MalformedMessageException {
        assertThat(passing(name + ": x")).containsExactly(name);
    }

    @Test
    void dropsWhatConnectionNominates() throws MalformedMessageException {
        assertThat(passing(
                        "Connection: x-A , ,,\tB",
                        "X-a: 1",
                        "b: 2",
                        "X-AB: 3",
                        "x: 4",
                        "connection: Cookie",
                        "COOKIE: 5"))
                .containsExactly("X-AB", "x");
    }

    @Test
    void dropsNominatedFieldsFromTrailersToo() throws MalformedMessageException {
        HopByHop hopByHop = HopByHop.of(Wire.fields("Connection: X-Sum"));
        Fields trailers = Wire.fields("x-sum: 1", "Y: 2");
        assertThat(hopByHop.drops(trailers, 0)).isTrue();
        assertThat(hopByHop.drops(trailers, 1)).isFalse();
    }

    @Test
    void neverLetsConnectionTakeRoutingOrFramingAway() throws MalformedMessageException {
        assertThat(passing(
                        "Connection: Host, Content-Length, Authorization",
                        "Host: a",
                        "Content-Length: 1",
                        "Authorization: x"))
                .containsExactly("Host", "Content-Length");
    }

    @ParameterizedTest
    @CsvSource({
        "close,true,false,false",
        "CLOSE,true,false,false",
        "'keep-alive, Close',true,true,false",
        "'Upgrade',false,false,true",
        "'keep-alive\t,upgrade',false,true,true",
        "'closed',false,false,false",
        "'\"close\"',false,false,false",
        "'x close',false,false,false",
        "'',false,false,false",
        "',',false,false,false",
    })
    void readsTheOptions(String value, boolean close, boolean keepAlive, boolean upgrade)
            throws MalformedMessageException {
        HopByHop hopByHop = HopByHop.of(Wire.fields("Connection: " + value));
        assertThat(hopByHop.close()).isEqualTo(close);
        assertThat(hopByHop.keepAlive()).isEqualTo(keepAlive);
        assertThat(hopByHop.upgrade()).isEqualTo(upgrade);
    }

    @ParameterizedTest
    @CsvSource({"trailers,true", "'gzip;q=0.5, TRAILERS',true", "gzip,false", "trailersx,false", "'',false"})
    void readsWhetherTrailersAreWelcome(String te, boolean welcome) throws MalformedMessageException {
        HopByHop hopByHop = HopByHop.of(Wire.fields("TE: " + te, "Connection: TE"));
        assertThat(hopByHop.teTrailers()).isEqualTo(welcome);
    }

    @Test
    void theUsualMessagesShareTheirInstance() throws MalformedMessageException {
        assertThat(HopByHop.of(Wire.fields("A: b"))).isSameAs(HopByHop.NONE);
        Fields usual = Wire.fields("Connection: keep-alive, TE, Proxy-Connection", "TE: trailers");
        assertThat(HopByHop.of(usual)).isSameAs(HopByHop.of(Wire.fields("TE: trailers", "Connection: Keep-Alive")));
    }

    @Test
    void boundsTheNominatedNames() throws MalformedMessageException {
        String most = IntStream.range(0, HopByHop.MAX_NOMINATED)
                .mapToObj(i -> "x" + i)
                .collect(Collectors.joining(","));
        assertThat(passing("Connection: " + most, "X99: 1", "X100: 1")).containsExactly("X100");
        Wire.assertRefused(431, () -> passing("Connection: " + most + ",x100"));
        Wire.assertRefused(431, () -> passing("Connection: " + most, "Connection: y"));
    }
}
