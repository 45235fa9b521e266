package io.github.captureproxy.engine;

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

/** What holds for any versions of HTTP on the two hops, without TLS. */
class PlainHopsTest {
    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Connections extends ConnectionCases {
        Connections(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Cuts extends CutCases {
        Cuts(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Fields extends FieldCases {
        Fields(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Messages extends MessageCases {
        Messages(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_TO_2")
    class OriginStreams extends OriginStreamCases {
        OriginStreams(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Pressure extends PressureCases {
        Pressure(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Rules extends RuleCases {
        Rules(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Streaming extends StreamingCases {
        Streaming(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_2_TO_2")
    class Streams extends StreamCases {
        Streams(PlainHops hops) {
            super(hops);
        }
    }

    @Nested
    @ParameterizedClass
    @EnumSource(PlainHops.class)
    class Timeouts extends TimeoutCases {
        Timeouts(PlainHops hops) {
            super(hops);
        }
    }
}
