package io.github.captureproxy.tls.internal.origin;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context for connections to origins, of which no session outlives the trust that it began with. JSSE asks no trust
 * manager when it resumes a session, does not list all those that it may resume, and a handshake that is under way adds one
 * later. So once a certificate is trusted no more, what is asked for comes from another context, which has none. Safe for
 * any thread.
 */
public final class OriginContext extends SSLContext {
    private OriginContext(Renewed spi, SSLContext first) {
        super(spi, first.getProvider(), first.getProtocol());
    }

    /**
     * Makes one.
     *
     * @param maker makes a context without sessions
     * @param removals how often something was trusted no more ({@link Fingerprints#removals})
     * @return a context
     */
    public static OriginContext of(Supplier<SSLContext> maker, IntSupplier removals) {
        Renewed spi = new Renewed(maker, removals);
        return new OriginContext(spi, spi.current());
    }

    /** Hands everything to the context of the moment. */
    private static final class Renewed extends SSLContextSpi {
        private final Supplier<SSLContext> maker;
        private final IntSupplier removals;
        private int madeAt;
        private SSLContext made;

        Renewed(Supplier<SSLContext> maker, IntSupplier removals) {
            this.maker = maker;
            this.removals = removals;
            madeAt = removals.getAsInt(); // before the context is made: what is removed meanwhile has it made again
            made = maker.get();
        }

        synchronized SSLContext current() {
            int now = removals.getAsInt();
            if (now != madeAt) {
                SSLSessionContext before = made.getClientSessionContext();
                made = maker.get();
                madeAt = now;
                made.getClientSessionContext().setSessionCacheSize(before.getSessionCacheSize());
                made.getClientSessionContext().setSessionTimeout(before.getSessionTimeout());
            }
            return made;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("a context for origins has its keys and its trust already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new OriginSockets(() -> current().getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return current().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return current().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return current().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return current().getSupportedSSLParameters();
        }
    }
}
