package io.github.captureproxy.tls.clients;

import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A server that is a program of the system, from its first connection until it is closed. */
final class ServerProgram implements Http2Site.Running {
    /** Ports below those that systems give to clients, which could take one between the look and the use. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 20_000;

    private final Process process;
    private final InetSocketAddress address;
    private final AutoCloseable behind;

    private ServerProgram(List<String> command, Path log, InetSocketAddress address, AutoCloseable behind)
            throws IOException {
        this.address = address;
        this.behind = behind;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Eventually.holds(command.get(0) + " listens or ends", () -> listens() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException(command.get(0) + " ended: " + Files.readString(log));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            return false; // that nobody listens yet is the answer
        }
    }

    /** An nginx whose {@code listen} has more words. */
    static ServerProgram nginx(Path folder, TestCertificate certificate, String listen) throws Exception {
        Path pages = pages(folder, certificate);
        InetSocketAddress address = freeAddress();
        RecordingOrigin echo = RecordingOrigin.start();
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid FOLDER/nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    types {
                        text/html html;
                        image/svg+xml svg;
                    }
                    client_body_temp_path FOLDER/body;
                    proxy_temp_path FOLDER/proxy;
                    fastcgi_temp_path FOLDER/fastcgi;
                    uwsgi_temp_path FOLDER/uwsgi;
                    scgi_temp_path FOLDER/scgi;
                    client_max_body_size 20m;
                    server {
                        listen 127.0.0.1:PORT sslLISTEN;
                        ssl_certificate FOLDER/chain.pem;
                        ssl_certificate_key FOLDER/key.pem;
                        root PAGES;
                        location = /echo {
                            proxy_pass http://ECHO;
                        }
                    }
                }
                """.replace("FOLDER", folder.toString())
                .replace("PAGES", pages.toString())
                .replace("PORT", String.valueOf(address.getPort()))
                .replace("LISTEN", listen)
                .replace("ECHO", echo.authority()));
        String program = Run.isInstalled("nginx") ? "nginx" : "/usr/sbin/nginx";
        List<String> command =
                List.of(program, "-e", "stderr", "-p", folder.toString(), "-c", configuration.toString());
        return new ServerProgram(command, folder.resolve("nginx.log"), address, echo);
    }

    /** An nghttpd, which speaks nothing but HTTP/2. */
    static ServerProgram nghttpd(Path folder, TestCertificate certificate) throws Exception {
        Path pages = pages(folder, certificate);
        InetSocketAddress address = freeAddress();
        List<String> command = List.of(
                "nghttpd",
                "--address=127.0.0.1",
                "--htdocs=" + pages,
                "--echo-upload",
                String.valueOf(address.getPort()),
                folder.resolve("key.pem").toString(),
                folder.resolve("chain.pem").toString());
        return new ServerProgram(command, folder.resolve("nghttpd.log"), address, () -> {});
    }

    /** An nghttpd without TLS, which waits for the client's preface. */
    static ServerProgram plainNghttpd(Path folder) throws Exception {
        Path pages = pages(folder);
        InetSocketAddress address = freeAddress();
        List<String> command = List.of(
                "nghttpd",
                "--address=127.0.0.1",
                "--htdocs=" + pages,
                "--echo-upload",
                "--no-tls",
                String.valueOf(address.getPort()));
        return new ServerProgram(command, folder.resolve("nghttpd.log"), address, () -> {});
    }

    private static Path pages(Path folder, TestCertificate certificate) throws IOException, GeneralSecurityException {
        StringBuilder chain = new StringBuilder();
        for (var each : certificate.chain()) {
            chain.append(pem("CERTIFICATE", each.getEncoded()));
        }
        Files.writeString(folder.resolve("chain.pem"), chain);
        Files.writeString(
                folder.resolve("key.pem"), pem("PRIVATE KEY", certificate.key().getEncoded()));
        return pages(folder);
    }

    private static Path pages(Path folder) throws IOException {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Files.write(pages.resolve("small"), Http2Site.SMALL);
        Files.write(pages.resolve("large"), Http2Site.LARGE);
        return pages;
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(encoded)
                + "\n-----END " + label + "-----\n";
    }

    private static InetSocketAddress freeAddress() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int first = ThreadLocalRandom.current().nextInt(PORTS);
        for (int i = 0; i < PORTS; i++) {
            InetSocketAddress address = new InetSocketAddress(loopback, FIRST_PORT + (first + i) % PORTS);
            if (isFree(address)) {
                return address;
            }
        }
        throw new IOException("no port is free");
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false; // that it is taken is the answer
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly();
        process.waitFor();
        behind.close();
    }
}
