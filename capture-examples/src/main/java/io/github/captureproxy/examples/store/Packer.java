package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.export.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Deflater;

/** Makes bytes of exchanges and tunnels: their JSON, deflated. {@link Unpacked} reads them. Safe for any thread. */
final class Packer {
    /** As many threads as may pack at once and find a packer at hand: listeners, an import, a replay. */
    private static final int SPARE = 4;

    private final ArrayBlockingQueue<Lines> spare = new ArrayBlockingQueue<>(SPARE);

    byte[] pack(Exchange exchange) throws IOException {
        return pack(lines -> lines.write(exchange));
    }

    byte[] pack(Tunnel tunnel) throws IOException {
        byte[] json = TunnelJson.write(tunnel);
        return pack(lines -> lines.write(json));
    }

    /** Writes what is to be packed. */
    @FunctionalInterface
    private interface Writing {
        void to(Lines lines) throws IOException;
    }

    private byte[] pack(Writing writing) throws IOException {
        Lines lines = spare.poll();
        if (lines == null) {
            lines = new Lines();
        }
        boolean whole = false;
        try {
            byte[] packed = lines.pack(writing);
            whole = true;
            return packed;
        } finally {
            if (!whole || !spare.offer(lines)) { // what was broken off has left half a line
                lines.end();
            }
        }
    }

    /** A writer of lines into what is deflated; used again, as its buffers are large. For one thread at a time. */
    private static final class Lines extends OutputStream {
        private static final int BUFFER = 16 * 1024;

        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private final byte[] buffer = new byte[BUFFER];
        private final ExchangeWriter writer;
        private ByteArrayOutputStream packed = new ByteArrayOutputStream();

        Lines() throws IOException {
            writer = Export.jsonLines().redact(Redaction.none()).open(this);
        }

        byte[] pack(Writing writing) throws IOException {
            packed = new ByteArrayOutputStream();
            PresetDictionary.begin(deflater);
            writing.to(this);
            deflater.finish();
            drain();
            return packed.toByteArray();
        }

        void write(Exchange exchange) throws IOException {
            writer.write(exchange);
            writer.flush();
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            deflater.setInput(bytes, offset, length);
            drain();
        }

        private void drain() {
            int count;
            while ((count = deflater.deflate(buffer)) > 0) {
                packed.write(buffer, 0, count);
            }
        }

        void end() {
            deflater.end();
        }
    }
}
