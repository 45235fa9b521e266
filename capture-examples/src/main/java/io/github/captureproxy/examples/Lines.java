package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Exchanges, tunnels and failed handshakes as lines of a list. Immutable. */
final class Lines {
    private static final String NOTHING = "-";

    private final Layout layout;
    private final DateTimeFormatter clock;

    Lines(Layout layout, ZoneId zone) {
        this.layout = layout;
        this.clock = DateTimeFormatter.ofPattern(layout.clock(), Locale.ROOT).withZone(zone);
    }

    /** An exchange: time, method, URL, status, type, size, duration, and what is special about it. */
    String of(Exchange exchange) {
        Optional<CapturedResponse> response = exchange.response();
        String status = response.map(r -> String.valueOf(r.status())).orElse(NOTHING);
        String type = response.flatMap(r -> r.headers().first("content-type"))
                .map(this::type)
                .orElse(NOTHING);
        String size = response.map(r -> PlainText.size(r.body().size())).orElse(NOTHING);
        String line = columns(
                exchange.startedAt(),
                exchange.request().method(),
                exchange.request().url(),
                layout.ink(statusInk(exchange), pad(status, 3)),
                type,
                size,
                PlainText.duration(exchange.duration()));
        return line + note(exchange.outcome(), about(exchange));
    }

    /** A tunnel, likewise: bytes both ways, and why it was relayed. */
    String of(Tunnel tunnel) {
        String line = columns(
                tunnel.startedAt(),
                "CONNECT",
                target(tunnel),
                layout.ink(Results.isFailure(tunnel.outcome()) ? Ink.RED : Ink.MAGENTA, pad(NOTHING, 3)),
                "tunnel",
                Results.isCaptured(tunnel) ? NOTHING : PlainText.size(tunnel.bytesSent() + tunnel.bytesReceived()),
                PlainText.duration(tunnel.duration()));
        return line + note(tunnel.outcome(), about(tunnel));
    }

    /** A handshake that failed, likewise: whose it was, and what is wrong. */
    String of(TlsFailure failure) {
        String line = columns(
                failure.time(),
                "TLS",
                target(failure),
                layout.ink(Ink.YELLOW, pad(NOTHING, 3)),
                "handshake",
                NOTHING,
                NOTHING);
        return line + note(Ink.YELLOW, TunnelNotes.failure(failure));
    }

    /** The target of a tunnel as CONNECT names it. */
    static String target(Tunnel tunnel) {
        return target(tunnel.host(), tunnel.port());
    }

    /** The target of the tunnel in which a handshake failed. */
    static String target(TlsFailure failure) {
        return target(failure.host(), failure.port());
    }

    private static String target(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private String columns(
            Instant time, String method, String url, String status, String type, String size, String duration) {
        return layout.ink(Ink.FAINT, clock.format(time))
                + "  " + layout.ink(Ink.BOLD, pad(method(method), Layout.METHOD_WIDTH))
                + " " + pad(url(url), layout.urlWidth())
                + " " + status
                + "  " + pad(type, layout.typeWidth())
                + "  " + padLeft(size, 10)
                + "  " + padLeft(duration, 8);
    }

    private String method(String method) {
        String plain = PlainText.printable(method);
        return layout.isTerminal() ? PlainText.cut(plain, Layout.METHOD_WIDTH) : plain;
    }

    private String url(String url) {
        String plain = PlainText.ofBytes(PlainText.withoutUser(url));
        return layout.isTerminal() ? PlainText.shortened(plain, layout.urlWidth()) : plain;
    }

    /** The media type without parameters; on a terminal cut to its column, where the subtype tells most. */
    private String type(String field) {
        Optional<MediaType> parsed = MediaType.parse(field);
        String whole = PlainText.printable(parsed.map(MediaType::essence).orElse(field));
        if (!layout.isTerminal() || whole.length() <= layout.typeWidth()) {
            return whole;
        }
        String subtype = PlainText.printable(parsed.map(MediaType::subtype).orElse(whole));
        return PlainText.shortened(subtype, layout.typeWidth());
    }

    private static Ink statusInk(Exchange exchange) {
        if (Results.isFailure(exchange.outcome())) {
            return Ink.RED;
        }
        return switch (exchange.response().map(CapturedResponse::status).orElse(0) / 100) {
            case 1 -> Ink.MAGENTA;
            case 2 -> Ink.GREEN;
            case 3 -> Ink.CYAN;
            case 4 -> Ink.YELLOW;
            default -> Ink.RED;
        };
    }

    private static String about(Exchange exchange) {
        if (exchange.upgradedTo().isEmpty()) {
            return Results.isOwnAnswer(exchange.outcome()) ? "answered by the proxy itself" : "";
        }
        String protocol = PlainText.printable(exchange.upgradedTo().get());
        long sent = exchange.webSocketMessages().stream()
                .filter(message -> message.direction() == WebSocketMessage.Direction.SENT)
                .count();
        long received = exchange.webSocketMessages().size() - sent;
        return "upgraded to " + protocol
                + (protocol.equalsIgnoreCase("websocket")
                        ? ", kept " + sent + " sent and "
                                + PlainText.count(received, "received message", "received messages")
                        : "");
    }

    private static String about(Tunnel tunnel) {
        if (tunnel.reason() == Tunnel.Reason.NOT_OPENED) {
            return "";
        }
        String name = tunnel.serverName()
                .filter(asked -> !asked.equalsIgnoreCase(tunnel.host()))
                .map(asked -> " for " + PlainText.printable(asked))
                .orElse("");
        String bytes = Results.isCaptured(tunnel)
                ? ""
                : ", " + PlainText.size(tunnel.bytesSent()) + " sent, " + PlainText.size(tunnel.bytesReceived())
                        + " received";
        return TunnelNotes.reason(tunnel) + name + bytes;
    }

    /** What is special: behind the columns where lines may be long, below them and shortened on a terminal. */
    private String note(Outcome outcome, String about) {
        boolean failed = Results.isFailure(outcome);
        String failure = failed ? PlainText.words(outcome.status()) : "";
        String detail = PlainText.printable(outcome.detail());
        String joined = Stream.of(failure, detail, about)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        return joined.isEmpty() ? "" : note(failed ? Ink.RED : Ink.FAINT, joined);
    }

    private String note(Ink ink, String joined) {
        return layout.isTerminal()
                ? System.lineSeparator()
                        + " ".repeat(layout.noteIndent())
                        + layout.ink(ink, PlainText.shortened(joined, layout.noteWidth()))
                : "  " + layout.ink(ink, joined);
    }

    private static String pad(String text, int width) {
        return text + gap(text, width);
    }

    private static String padLeft(String text, int width) {
        return gap(text, width) + text;
    }

    private static String gap(String text, int width) {
        return " ".repeat(Math.max(width - text.codePointCount(0, text.length()), 0));
    }
}
