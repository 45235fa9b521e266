package io.github.captureproxy.client;

import java.net.ProxySelector;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A setting that the whole JVM shares. */
interface JvmSetting<T> {
    /** What clients ask that are given no proxy of their own. */
    JvmSetting<ProxySelector> SELECTOR = new JvmSetting<>() {
        @Override
        public @Nullable ProxySelector get() {
            return ProxySelector.getDefault();
        }

        @Override
        public void set(@Nullable ProxySelector value) {
            ProxySelector.setDefault(value);
        }

        @Override
        public String toString() {
            return "the default ProxySelector";
        }
    };

    /** What clients take that are given no TLS context of their own. The first look makes the JDK's. */
    JvmSetting<SSLContext> CONTEXT = new JvmSetting<>() {
        @Override
        public SSLContext get() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JVM's default SSLContext can't be made", e);
            }
        }

        @Override
        public void set(@Nullable SSLContext value) {
            SSLContext.setDefault(value);
        }

        @Override
        public String toString() {
            return "the default SSLContext";
        }
    };

    /** {@link HttpsURLConnection} keeps the factory of the default context that it first saw. */
    JvmSetting<SSLSocketFactory> FACTORY = new JvmSetting<>() {
        @Override
        public SSLSocketFactory get() {
            return HttpsURLConnection.getDefaultSSLSocketFactory();
        }

        @Override
        public void set(@Nullable SSLSocketFactory value) {
            HttpsURLConnection.setDefaultSSLSocketFactory(value);
        }

        @Override
        public String toString() {
            return "the default socket factory of HttpsURLConnection";
        }
    };

    /** What it is now. */
    @Nullable
    T get();

    /** Makes it something else. */
    void set(@Nullable T value);

    /** A system property; null for one that isn't there. */
    static JvmSetting<String> property(String name) {
        return new JvmSetting<>() {
            @Override
            public @Nullable String get() {
                return System.getProperty(name);
            }

            @Override
            public void set(@Nullable String value) {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            }

            @Override
            public String toString() {
                return "the property " + name;
            }
        };
    }
}
