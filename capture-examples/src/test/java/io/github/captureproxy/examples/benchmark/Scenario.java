package io.github.captureproxy.examples.benchmark;

import io.github.captureproxy.examples.benchmark.pure.PureParts;
import java.util.Locale;

/** What can be measured. */
enum Scenario {
    /** Small keep-alive GETs. */
    GET_1K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("1 KiB GETs, 32 connections", Dialogue.gets(PAGE_1K), MANY).compare(setup, report);
        }
    },
    /** Keep-alive GETs of a page's size. */
    GET_100K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("100 KiB GETs, 32 connections", Dialogue.gets(PAGE_100K), MANY).compare(setup, report);
        }
    },
    /** The same where no body is like another: of those that are, this proxy keeps one. */
    GET_NEW_100K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("100 KiB GETs of bodies that all differ", Dialogue.getsOfNew(PAGE_100K), MANY)
                    .compare(setup, report);
        }
    },
    /** Short questions and answers in CONNECT tunnels. */
    TUNNEL_SMALL {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("1 KiB answers in 32 tunnels", Dialogue.tunnelled(PAGE_1K), MANY).compare(setup, report);
        }
    },
    /** Bulk in CONNECT tunnels. */
    TUNNEL_BULK {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("1 MiB answers in 8 tunnels", Dialogue.tunnelled(BULK), FEW).compare(setup, report);
        }
    },
    /** A large response. */
    GET_1G {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new LargeBody("1 GiB GET", LargeBody.Kind.GET, GIB).compare(setup, report);
        }
    },
    /** A large request. */
    POST_1G {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new LargeBody("1 GiB POST", LargeBody.Kind.POST, GIB).compare(setup, report);
        }
    },
    /** Added latency. */
    LATENCY {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Latency().compare(setup, report);
        }
    },
    /** Memory of idle connections. */
    IDLE {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new IdleMemory(IDLE_CONNECTIONS).compare(setup, report);
        }
    },
    /** Time to start. */
    START {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new StartUp().compare(setup, report);
        }
    },
    /** What recording costs on small exchanges. */
    RECORDING_1K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("Recording 1 KiB GETs, 32 connections", Dialogue.gets(PAGE_1K), MANY)
                    .compareRecording(setup, report);
        }
    },
    /** What recording costs on pages. */
    RECORDING_100K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("Recording 100 KiB GETs, 32 connections", Dialogue.gets(PAGE_100K), MANY)
                    .compareRecording(setup, report);
        }
    },
    /** What recording costs on pages that are never the same. */
    RECORDING_NEW_100K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("Recording 100 KiB GETs of bodies that all differ", Dialogue.getsOfNew(PAGE_100K), MANY)
                    .compareRecording(setup, report);
        }
    },
    /** Small keep-alive GETs in tunnels that are looked into. */
    TLS_GET_1K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("1 KiB GETs in 32 intercepted tunnels", Dialogue.secureGets(Hosts.ONE, PAGE_1K), MANY)
                    .compare(setup, report);
        }
    },
    /** Keep-alive GETs of a page's size in tunnels that are looked into. */
    TLS_GET_100K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Throughput("100 KiB GETs in 32 intercepted tunnels", Dialogue.secureGets(Hosts.ONE, PAGE_100K), MANY)
                    .compare(setup, report);
        }
    },
    /** A handshake for each exchange. */
    TLS_CONNECT {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new NewConnections("New connections to one host, CONNECT and TLS", () -> Hosts.ONE, FEW)
                    .compare(setup, report);
        }
    },
    /** A certificate for each exchange. */
    TLS_HOSTS {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new NewConnections("New connections, a new host for each", new Hosts()::another, FEW)
                    .compare(setup, report);
        }
    },
    /** A large response in a tunnel that is looked into. */
    TLS_BULK {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new LargeBody("1 GiB GET in an intercepted tunnel", LargeBody.Kind.SECURE_GET, GIB).compare(setup, report);
        }
    },
    /** Memory of idle connections that are looked into. */
    TLS_IDLE {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new IdleMemory(IDLE_TLS_CONNECTIONS).compareSecure(setup, report);
        }
    },
    /** Small GETs over HTTP/2, beside the same over HTTP/1.1. */
    H2_GET_1K {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Http2Throughput(PAGE_1K).compare(setup, report);
        }
    },
    /** A large response on one stream, beside the same over HTTP/1.1. */
    H2_BULK {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new Http2LargeBody(GIB).compare(setup, report);
        }
    },
    /** Exchanges written as HAR to a file. */
    HAR_EXPORT {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new HarExport().measure(setup, report);
        }
    },
    /** What the page of the example app costs while a thousand exchanges a second are recorded and shown. */
    PAGE_LIVE {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new PageLive().compare(setup, report);
        }
    },
    /** The page of the example app with a long history. */
    LONG_HISTORY {
        @Override
        void run(Setup setup, Report report) throws Exception {
            new LongHistory(HISTORY).measure(setup, report);
        }
    },
    /** The parts without I/O, each alone. */
    PURE {
        @Override
        void run(Setup setup, Report report) throws Exception {
            report.title("Parts without I/O");
            PureParts.run(setup.effort().rounds(), System.out);
        }
    };

    private static final int PAGE_1K = 1024;
    private static final int PAGE_100K = 100 * 1024;
    private static final int BULK = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final int HISTORY = 100_000;
    private static final int MANY = 32;
    private static final int FEW = 8;
    private static final int IDLE_CONNECTIONS = 2_000;
    private static final int IDLE_TLS_CONNECTIONS = 1_000;

    abstract void run(Setup setup, Report report) throws Exception;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
