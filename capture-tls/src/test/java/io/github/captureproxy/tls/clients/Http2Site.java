package io.github.captureproxy.tls.clients;

import io.github.captureproxy.tls.testkit.TestCertificate;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * A server that somebody else wrote, with HTTP/2 in TLS. It has {@code /small} and {@code /large}, nothing at
 * {@code /missing}, and sends back what is posted to {@code /echo}.
 */
enum Http2Site {
    NGINX {
        @Override
        boolean isInstalled() {
            return Run.isInstalled("nginx") || Run.isInstalled("/usr/sbin/nginx");
        }

        @Override
        Running start(Path folder, TestCertificate certificate) throws Exception {
            return ServerProgram.nginx(folder, certificate, " http2");
        }
    },

    NGHTTPD {
        @Override
        boolean isInstalled() {
            return Run.isInstalled("nghttpd");
        }

        @Override
        Running start(Path folder, TestCertificate certificate) throws Exception {
            return ServerProgram.nghttpd(folder, certificate);
        }
    },

    JVM {
        @Override
        boolean isInstalled() {
            return true;
        }

        @Override
        Running start(Path folder, TestCertificate certificate) throws Exception {
            return JvmServer.start(certificate);
        }
    };

    /** What is at {@code /small}. */
    static final byte[] SMALL = content(20);

    /** What is at {@code /large}. */
    static final byte[] LARGE = content(5_000_000);

    /** One that has been started. */
    interface Running extends AutoCloseable {
        InetSocketAddress address();
    }

    abstract boolean isInstalled();

    abstract Running start(Path folder, TestCertificate certificate) throws Exception;

    /** Bytes unlike their neighbours, so that none can be lost or swapped unseen. */
    static byte[] content(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
