package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** The JDK's old client. */
class HttpUrlConnectionTest extends ClientContract {
    /** It keeps at most five unused connections to a host, for five seconds. */
    private static final int MOST_KEPT = 5;

    @Override
    Client open(CaptureProxy through) {
        return new Connections(through, origin.url("/hello"));
    }

    private record Connections(CaptureProxy proxy, String any) implements Client {
        @Override
        public Answer send(Call call) throws IOException {
            return read(connect(call, false));
        }

        private HttpURLConnection connect(Call call, boolean last) throws IOException {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(call.url()).toURL().openConnection(proxy.asProxy());
            connection.setConnectTimeout(10_000);
            connection.setReadTimeout(10_000);
            connection.setRequestMethod(call.method());
            if (last) {
                connection.setRequestProperty("Connection", "close");
            }
            if (call.chunked()) {
                connection.setChunkedStreamingMode(1_000);
            } else if (call.body().length > 0) {
                connection.setFixedLengthStreamingMode(call.body().length);
            }
            if (call.chunked() || call.body().length > 0) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(call.body());
                connection.getOutputStream().close();
            }
            return connection;
        }

        private static Answer read(HttpURLConnection connection) throws IOException {
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, in.readAllBytes());
            }
        }

        /** Has the connections that are kept for this origin used for the last time. */
        @Override
        public void close() throws IOException {
            for (int i = 0; i < MOST_KEPT; i++) {
                HttpURLConnection connection = connect(Call.get(any), true);
                read(connection);
            }
        }
    }
}
