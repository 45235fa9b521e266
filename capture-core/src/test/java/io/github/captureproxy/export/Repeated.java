package io.github.captureproxy.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.RecordingOrigin.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an origin got when another program repeated hostile exchanges, against what was captured. */
final class Repeated {
    /** What curl makes itself. */
    private static final Set<String> OF_CURL = Set.of("host", "content-length", "accept-encoding", "connection");

    private final RecordingOrigin origin;
    private final List<Exchange> exchanges;

    Repeated(RecordingOrigin origin) throws IOException {
        this.origin = origin;
        this.exchanges = HostileExchanges.repeatable(new HttpOrigin("http", "127.0.0.1", origin.port()));
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** All came in, as curl sends them. */
    void checkByCurl() throws IOException {
        for (Exchange exchange : exchanges) {
            Received got = received(HostileExchanges.name(exchange));
            sameLine(exchange, got);
            sameBody(exchange, got);
            sameFields(exchange, got, OF_CURL);
        }
    }

    /** What came in for an exchange: one request. */
    Received received(String name) {
        List<Received> all = origin.received().stream()
                .filter(request -> request.requestLine().contains(" /h/" + name))
                .filter(request -> !Character.isLetterOrDigit(after(request, name)) && after(request, name) != '-')
                .toList();
        assertThat(all).as(name).hasSize(1);
        return all.get(0);
    }

    private static char after(Received request, String name) {
        String line = request.requestLine();
        return line.charAt(line.indexOf("/h/" + name) + name.length() + 3);
    }

    /** The same request line to the letter. */
    static void sameLine(Exchange sent, Received got) {
        CapturedRequest request = sent.request();
        assertThat(got.requestLine()).isEqualTo(request.method() + " " + request.target() + " HTTP/1.1");
    }

    static void sameBody(Exchange sent, Received got) throws IOException {
        assertThat(got.body()).isEqualTo(sent.request().body().bytes());
    }

    /** The fields that count are among those that came in, in any case and order, repeats included. */
    static void fieldsAreThere(Exchange sent, Received got, Set<String> but) {
        List<String> left = new ArrayList<>(fields(got));
        for (String field : fields(sent, but)) {
            assertThat(left).as(HostileExchanges.name(sent)).contains(field);
            left.remove(field);
        }
    }

    /** No others came in. */
    static void sameFields(Exchange sent, Received got, Set<String> but) {
        List<String> others = fields(got).stream()
                .filter(field -> !but.contains(field.substring(0, field.indexOf(':'))))
                .toList();
        assertThat(others).as(HostileExchanges.name(sent)).containsExactlyInAnyOrderElementsOf(fields(sent, but));
    }

    private static List<String> fields(Received got) {
        return got.fieldLines().stream()
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT) + ":"
                        + line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    private static List<String> fields(Exchange sent, Set<String> but) {
        return RepeatedFields.of(sent.request()).stream()
                .filter(field -> !but.contains(field.name().toLowerCase(Locale.ROOT)))
                .map(field -> field.name().toLowerCase(Locale.ROOT) + ":" + field.value())
                .toList();
    }

    /** The same cookies; many clients make one field of several, as RFC 6265 section 5.4 wants it. */
    static void sameCookies(Exchange sent, Received got) {
        assertThat(got.field("cookie").orElse(""))
                .isEqualTo(String.join("; ", sent.request().headers().all("cookie")));
    }
}
