package io.github.captureproxy.tls.internal.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class SuiteOrderTest {
    @Test
    void putsTheSmallerSuiteOfAPairFirst() {
        assertThat(SuiteOrder.ordered(
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                .containsExactly(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void leavesASuiteWhoseOtherHalfIsSwitchedOff() {
        assertThat(SuiteOrder.ordered("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"))
                .containsExactly("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void neitherAddsASuiteNorDropsOne() throws Exception {
        String[] enabled = SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites();
        assertThat(SuiteOrder.ofDefaults())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(enabled))
                .startsWith("TLS_AES_128_GCM_SHA256");
    }
}
