package io.github.captureproxy.testkit.http2;

import java.util.stream.Stream;

/** What a client may do wrong or oddly by RFC 9113 and RFC 7541, section by section. */
public final class Http2Cases {
    private Http2Cases() {}

    /** All of them. */
    public static Stream<Http2Case> all() {
        return Stream.of(
                        FrameCases.all(),
                        CompressionCases.all(),
                        StreamStateCases.all(),
                        PayloadCases.all(),
                        ControlCases.all(),
                        SettingsCases.all(),
                        FlowControlCases.all(),
                        MessageCases.all(),
                        FieldCases.all(),
                        PseudoFieldCases.all(),
                        LimitCases.all())
                .flatMap(it -> it);
    }
}
