package io.github.captureproxy.tls.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.cmc.CMCStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

/**
 * HttpCore, SLF4J and Jackson as Spring Boot 2.7 and 3.0 bring them, which take the place of those that this project asks
 * for. The build copies them to a folder.
 */
class OldLibrariesTest {
    private static final Path JARS = Path.of("target", "old-libraries");

    @Test
    void plainAndInterceptedCallsAreCapturedAndFailuresToo() throws Exception {
        List<URL> path = new ArrayList<>();
        try (Stream<Path> jars = Files.list(JARS)) {
            for (Path jar : jars.toList()) {
                path.add(jar.toUri().toURL());
            }
        }
        assertThat(path).hasSize(3);
        for (Class<?> type : List.of(
                CaptureProxy.class,
                TlsInterception.class,
                OldLibraries.class,
                X509CertificateHolder.class,
                ASN1Object.class,
                CMCStatus.class)) {
            path.add(type.getProtectionDomain().getCodeSource().getLocation());
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.loadClass("org.apache.hc.core5.reactor.IOReactorConfig"))
                    .isNotNull();
            assertThat(loader.getResource("org/apache/hc/core5/reactor/IOWorkerSelector.class"))
                    .as("of HttpCore 5.4")
                    .isNull();
            assertThat(captured(loader))
                    .containsExactly(
                            "COMPLETED hello over http",
                            "COMPLETED hello over https",
                            "UNKNOWN_HOST Bad Gateway: the host name nowhere.invalid is unknown\n",
                            "TIMED_OUT");
        }
    }

    private static List<Object> captured(ClassLoader loader) throws Exception {
        Object run = loader.loadClass(OldLibraries.class.getName())
                .getConstructor(SSLContext.class, X509Certificate.class)
                .newInstance(
                        TlsRig.certificate("localhost").serverContext(),
                        TlsRig.root().certificate());
        return new ArrayList<>((List<?>) ((Callable<?>) run).call());
    }
}
