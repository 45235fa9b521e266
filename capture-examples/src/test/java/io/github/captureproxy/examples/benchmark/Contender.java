package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.reactor.IOReactor;
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
    /** LittleProxy with a filter that keeps what this proxy keeps. */
    LITTLE_PROXY("LittleProxy") {
        @Override
        ProxyUnderTest start() {
            return new KeepingLittleProxy();
        }

        @Override
        String classPath() {
            return System.getProperty("java.class.path");
        }
    };

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract ProxyUnderTest start();

    /** What its JVM loads classes from: this library and what it needs at run time, as where it is embedded. */
    String classPath() {
        return Stream.of(ProxyMain.class, CaptureProxy.class, IOReactor.class, Logger.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
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
