package io.github.captureproxy.tls;

import io.github.captureproxy.testkit.hops.ConnectionCases;
import io.github.captureproxy.testkit.hops.CutCases;
import io.github.captureproxy.testkit.hops.FieldCases;
import io.github.captureproxy.testkit.hops.MessageCases;
import io.github.captureproxy.testkit.hops.OriginStreamCases;
import io.github.captureproxy.testkit.hops.PressureCases;
import io.github.captureproxy.testkit.hops.RuleCases;
import io.github.captureproxy.testkit.hops.StreamCases;
import io.github.captureproxy.testkit.hops.StreamingCases;
import io.github.captureproxy.testkit.hops.TimeoutCases;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for any versions of HTTP on the two hops, inside intercepted TLS. */
class TlsHopsTest {
    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Connections extends ConnectionCases {
        Connections(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Cuts extends CutCases {
        Cuts(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Fields extends FieldCases {
        Fields(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Messages extends MessageCases {
        Messages(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_TO_2")
    class OriginStreams extends OriginStreamCases {
        OriginStreams(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Pressure extends PressureCases {
        Pressure(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(names = {"TLS_1_TO_2", "TLS_2_TO_1"})
    class Rules extends RuleCases {
        Rules(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Streaming extends StreamingCases {
        Streaming(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_2_TO_2")
    class Streams extends StreamCases {
        Streams(TlsHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(TlsHops.class)
    class Timeouts extends TimeoutCases {
        Timeouts(TlsHops hops) {
            super(hops);
        }
    }
}
