package io.github.captureproxy.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WireSizes;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/** Checks a whole exchange against what the origin got, and against itself. */
final class Recorded {
    private Recorded() {}

    static void check(Exchange exchange, RecordingOrigin origin) {
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.error()).isEmpty();
        assertThat(exchange.client().address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(exchange.client().address().getPort()).isPositive();
        assertThat(exchange.client().connection()).isPositive();
        assertThat(exchange.client().listener()).isEqualTo("default");
        assertThat(exchange.remoteAddress()).contains(origin.address());
        assertThat(exchange.route().nextHop()).isEqualTo(origin.authority());
        request(exchange, origin);
        sizes(exchange);
        timings(exchange.timings());
    }

    private static void request(Exchange exchange, RecordingOrigin origin) {
        String url = exchange.request().url();
        String target = url.substring(
                url.indexOf(origin.authority()) + origin.authority().length());
        List<RecordingOrigin.Received> received = origin.received(target);
        assertThat(received).isNotEmpty();
        RecordingOrigin.Received last = received.get(received.size() - 1);
        assertThat(last.requestLine()).isEqualTo(exchange.request().method() + " " + target + " HTTP/1.1");
        assertThat(endToEnd(last.fieldLines()))
                .isEqualTo(endToEnd(lines(exchange.request().headers())));
        assertThat(last.field("host")).contains(origin.authority());
        assertThat(last.body()).isEqualTo(exchange.request().body().bytes());
        assertThat(exchange.request().body().isComplete()).isTrue();
        assertThat(exchange.request().body().isTruncated()).isFalse();
    }

    private static List<String> lines(HeaderList fields) {
        return fields.stream().map(field -> field.name() + ": " + field.value()).toList();
    }

    /** All but the fields that are for one connection (RFC 9110 section 7.6.1): in the same case and order. */
    private static List<String> endToEnd(List<String> lines) {
        Set<String> dropped = new HashSet<>(Set.of("connection", "proxy-connection", "keep-alive", "te", "upgrade"));
        for (String line : lines) {
            if (name(line).equals("connection")) {
                for (String option : line.substring(line.indexOf(':') + 1).split(",", -1)) {
                    dropped.add(option.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return lines.stream().filter(line -> !dropped.contains(name(line))).toList();
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    private static void sizes(Exchange exchange) {
        WireSizes sizes = exchange.sizes();
        assertThat(sizes.requestHead())
                .isEqualTo(exchange.request().method().length()
                        + 1
                        + exchange.request().target().length()
                        + " HTTP/1.1\r\n".length()
                        + fieldBytes(exchange.request().headers()));
        assertThat(sizes.requestBody()).isEqualTo(exchange.request().body().size());
        assertThat(sizes.responseHead())
                .isEqualTo("HTTP/1.1 200 OK\r\n".length()
                        + fieldBytes(exchange.response().orElseThrow().headers()));
        assertThat(sizes.responseBody())
                .isEqualTo(exchange.response().orElseThrow().body().size());
    }

    private static long fieldBytes(HeaderList fields) {
        long bytes = "\r\n".length();
        for (Header field : fields) {
            bytes += field.name().length() + ": ".length() + field.value().length() + "\r\n".length();
        }
        return bytes;
    }

    private static void timings(Timings timings) {
        List<Long> phases = new ArrayList<>(
                List.of(timings.blockedNanos(), timings.sendNanos(), timings.waitNanos(), timings.receiveNanos()));
        assertThat(phases).allMatch(nanos -> nanos >= 0);
        assertThat(timings.tlsNanos()).isEqualTo(-1);
        assertThat(timings.dnsNanos() < 0).isEqualTo(timings.connectNanos() < 0);
        phases.add(timings.dnsNanos());
        phases.add(timings.connectNanos());
        LongStream happened = phases.stream().mapToLong(Long::longValue).filter(nanos -> nanos > 0);
        assertThat(timings.total().toNanos()).isEqualTo(happened.sum());
    }
}
