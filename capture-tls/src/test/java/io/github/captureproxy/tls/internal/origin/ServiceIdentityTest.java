package io.github.captureproxy.tls.internal.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.tls.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, true",
        "A.Test, a.test, true",
        "a.test., a.test, true",
        "a.test, b.test, false",
        "a.test, www.a.test, false",
        "*.a.test, www.a.test, true",
        "*.a.test, a.test, false",
        "*.a.test, x.www.a.test, false",
        "*.a.test, .a.test, false",
        "w*.a.test, www.a.test, false",
        "*w.a.test, www.a.test, false",
        "www.*.test, www.a.test, false",
        "*.*.test, www.a.test, false",
        "*.test, a.test, false",
        "*, a, false",
        "*., a, false",
        "'', a.test, false"
    })
    void aPatternMatchesByRfc9525(String pattern, String name, boolean matches) {
        assertThat(ServiceIdentity.matches(pattern, name)).isEqualTo(matches);
    }

    @Test
    void theCommonNameNeverCounts() throws Exception {
        X509Certificate onlyCommonName =
                TestCertificate.leaf("a.test").withoutNames().make(null).certificate();
        assertThat(ServiceIdentity.matches(onlyCommonName, "a.test")).isFalse();
    }

    @Test
    void anAddressIsMatchedByAnAddressAlone() throws Exception {
        X509Certificate certificate = TestCertificate.leaf("192.0.2.9")
                .address("192.0.2.1")
                .address("2001:db8::1")
                .make(null)
                .certificate();
        assertThat(ServiceIdentity.matches(certificate, "192.0.2.1")).isTrue();
        assertThat(ServiceIdentity.matches(certificate, "2001:db8:0:0:0:0:0:1")).isTrue();
        assertThat(ServiceIdentity.matches(certificate, "192.0.2.9")).isFalse();
        assertThat(ServiceIdentity.matches(certificate, "192.0.2.2")).isFalse();
    }
}
