package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.reactor.IOReactor;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.bc.BCObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.slf4j.Logger;

/** The proxies that are compared, each as its user would start it. */
enum Contender {
    /** This proxy as it is by default: History on, with bodies. */
    THIS_PROXY("this proxy") {
        @Override
        ProxyUnderTest start() {
            return captureProxy(CaptureProxy.builder());
        }
    },
    /** This proxy with History on and one listener that does nothing. */
    LISTENER("with a listener") {
        @Override
        ProxyUnderTest start() {
            return captureProxy(CaptureProxy.builder().listener(exchange -> {}));
        }
    },
    /** This proxy with recording paused. */
    PAUSED("paused") {
        @Override
        ProxyUnderTest start() {
            return captureProxy(CaptureProxy.builder().startPaused());
        }
    },
    /** This proxy, looking inside HTTPS. */
    THIS_PROXY_TLS("this proxy") {
        @Override
        ProxyUnderTest start() {
            TlsInterception tls = TlsInterception.builder()
                    .authority(CertificateAuthority.ephemeral())
                    .clientTrust(ClientTrust.ASSUMED)
                    .upstreamTrust(List.of(originAuthority()))
                    .build();
            return captureProxy(
                    CaptureProxy.builder().tls(tls).resolver(host -> List.of(InetAddress.getLoopbackAddress())));
        }

        @Override
        boolean isSecure() {
            return true;
        }

        @Override
        String classPath() {
            return super.classPath()
                    + File.pathSeparator
                    + jars(
                            TlsInterception.class,
                            X509CertificateHolder.class,
                            ASN1Object.class,
                            ContentInfo.class,
                            BCObjectIdentifiers.class);
        }
    },
    /** LittleProxy with a filter that keeps what this proxy keeps. */
    LITTLE_PROXY("LittleProxy") {
        @Override
        ProxyUnderTest start() {
            return KeepingLittleProxy.plain();
        }

        @Override
        String classPath() {
            return System.getProperty("java.class.path");
        }
    },
    /** The same with BrowserMob's interception. */
    LITTLE_PROXY_TLS("LittleProxy") {
        @Override
        ProxyUnderTest start() {
            return KeepingLittleProxy.intercepting();
        }

        @Override
        boolean isSecure() {
            return true;
        }

        @Override
        String classPath() {
            return System.getProperty("java.class.path");
        }
    };

    /** The system property that names the file of the certificate that vouches for the origin. */
    static final String ORIGIN_AUTHORITY = "benchmark.originAuthority";

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract ProxyUnderTest start();

    /** True if it looks inside TLS. */
    boolean isSecure() {
        return false;
    }

    /** What its JVM loads classes from: this library and what it needs at run time, as where it is embedded. */
    String classPath() {
        return jars(ProxyMain.class, CaptureProxy.class, IOReactor.class, Logger.class);
    }

    private static String jars(Class<?>... types) {
        return Stream.of(types)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static X509Certificate originAuthority() {
        try (InputStream in = Files.newInputStream(Path.of(System.getProperty(ORIGIN_AUTHORITY)))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ProxyUnderTest captureProxy(CaptureProxyBuilder builder) {
        CaptureProxy proxy = builder.port(0).start();
        return new ProxyUnderTest() {
            @Override
            public int port() {
                return proxy.port();
            }

            @Override
            public void forget() {
                proxy.history().clear();
            }

            @Override
            public long directBytes() {
                return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
            }

            @Override
            public void close() {
                proxy.close();
            }
        };
    }
}
