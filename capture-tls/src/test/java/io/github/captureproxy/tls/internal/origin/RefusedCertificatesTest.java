package io.github.captureproxy.tls.internal.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.FakeClock;
import io.github.captureproxy.tls.internal.memory.Lifetimes;
import io.github.captureproxy.tls.internal.origin.RefusedCertificates.Refused;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RefusedCertificatesTest {
    private static X509Certificate certificate;

    private final RefusedCertificates refused =
            new RefusedCertificates(new FakeClock(), Lifetimes.DEFAULT, new Capacity(100, 30));

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.leaf("a.test").make(null).certificate();
    }

    private void add(String client, String name, String problem) {
        refused.add(client, new Refused(name, certificate, problem));
    }

    @Test
    void theLastOneForANameIsKnown() {
        add("c", "a.test", "first");
        add("c", "a.test", "second");
        assertThat(refused.find("A.test.").map(Refused::problem)).contains("second");
        assertThat(refused.find("b.test")).isEmpty();
    }

    @Test
    void anAddressLosesItsOwnOldestAndNobodyElses() {
        add("other", "other.test", "");
        for (int i = 0; i < 1000; i++) {
            add("c", i + ".test", "");
        }
        assertThat(refused.find("other.test")).isPresent();
        assertThat(refused.find("996.test")).isEmpty();
        assertThat(refused.find("997.test")).isPresent();
        assertThat(refused.latest().snapshot()).hasSize(4);
    }
}
