package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.wire.WebSocketExtensions.Kind;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketExtensionsTest {

    @Test
    void noFieldMeansNoExtension() {
        assertThat(WebSocketExtensions.parse(List.of()).kind()).isEqualTo(Kind.NONE);
        assertThat(WebSocketExtensions.parse(List.of("", " , ")).kind()).isEqualTo(Kind.NONE);
        assertThat(WebSocketExtensions.none().deflate()).isEmpty();
    }

    @Test
    void deflateHasItsDefaults() {
        assertThat(WebSocketExtensions.parse(List.of("permessage-deflate")).deflate())
                .contains(new PerMessageDeflate(false, false, 15, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_no_context_takeover; client_max_window_bits=10; server_max_window_bits=8",
                "permessage-deflate;server_max_window_bits=\"8\";client_max_window_bits = 10;server_no_context_takeover",
                " Permessage-Deflate ;SERVER_no_context_takeover;client_max_window_bits=10;server_max_window_bits=8,"
            })
    void parametersAreReadInAnyOrderAndForm(String value) {
        PerMessageDeflate deflate =
                WebSocketExtensions.parse(List.of(value)).deflate().orElseThrow();
        assertThat(deflate).isEqualTo(new PerMessageDeflate(true, false, 8, 10));
        assertThat(deflate.contextTakeover(WebSocketSender.SERVER)).isFalse();
        assertThat(deflate.contextTakeover(WebSocketSender.CLIENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflate, x-other",
                "permessage-deflate, permessage-deflate",
                "x-other; a=\"b, permessage-deflate\"",
                "permessage-deflate; unknown",
                "permessage-deflate;",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=010",
                "permessage-deflate; server_max_window_bits=\"",
                "; permessage-deflate"
            })
    void whatIsNotUnderstoodIsUnknown(String value) {
        assertThat(WebSocketExtensions.parse(List.of(value)).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(WebSocketExtensions.parse(List.of(value)).deflate()).isEmpty();
    }

    @Test
    void severalFieldsAreOneList() {
        assertThat(WebSocketExtensions.parse(List.of("permessage-deflate", "x-other"))
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Property(tries = 500)
    void noValueThrows(@ForAll @CharRange(from = ' ', to = '~') String value) {
        assertThat(WebSocketExtensions.parse(List.of("permessage-deflate" + value))
                        .kind())
                .isNotNull();
        assertThat(WebSocketExtensions.parse(List.of(value)).kind()).isNotNull();
    }
}
