package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.ExchangeReader;
import io.github.captureproxy.export.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.zip.Inflater;

/** Reads what {@link Packer} made. */
final class Unpacked {
    private Unpacked() {}

    static Exchange exchange(byte[] packed, long id) {
        return read(packed, "exchange", id, in -> {
            try (ExchangeReader reader = JsonLines.read(in)) {
                return reader.next();
            }
        });
    }

    static Tunnel tunnel(byte[] packed, long id) {
        return read(packed, "tunnel", id, in -> TunnelJson.read(in.readAllBytes()));
    }

    /** Makes a value of what is in a packed row. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream in) throws IOException;
    }

    private static <T> T read(byte[] packed, String what, long id, Reading<T> reading) {
        Inflater inflater = new Inflater();
        try (InputStream in = PresetDictionary.open(packed, inflater)) {
            return reading.from(in);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | NoSuchElementException e) {
            throw new StoreException(what + " " + id + " of the history cannot be read: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }
}
