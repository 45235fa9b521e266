package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

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
    };

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract ProxyUnderTest start();

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
