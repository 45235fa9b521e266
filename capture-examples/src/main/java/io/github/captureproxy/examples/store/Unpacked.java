package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.ExchangeReader;
import io.github.captureproxy.export.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.InflaterInputStream;

/** Reads what {@link Packer} made. */
final class Unpacked {
    private Unpacked() {}

    static Exchange exchange(byte[] packed, long id) {
        try (ExchangeReader reader = JsonLines.read(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            return reader.next();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("exchange " + id + " of the history cannot be read: " + e.getMessage(), e);
        }
    }

    static Tunnel tunnel(byte[] packed, long id) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return TunnelJson.read(in.readAllBytes());
        } catch (IOException e) {
            throw new StoreException("tunnel " + id + " of the history cannot be read: " + e.getMessage(), e);
        }
    }
}
