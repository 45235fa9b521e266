package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.tls.internal.issuing.EngineHandshake;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class AuthorityTrustTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();

    private final AuthorityTrust trust = AUTHORITY.trust();

    @TempDir
    private Path folder;

    private static Collection<? extends Certificate> parse(byte[] bytes) throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
    }

    private static List<X509Certificate> platform() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        TrustManager first = factory.getTrustManagers()[0];
        return Arrays.asList(((X509TrustManager) first).getAcceptedIssuers());
    }

    @Test
    void pemAndDerAreTheCertificate() throws Exception {
        assertThat(parse(trust.pem().getBytes(StandardCharsets.US_ASCII)))
                .hasSize(1)
                .first()
                .isEqualTo(AUTHORITY.certificate());
        assertThat(parse(trust.der())).hasSize(1).first().isEqualTo(AUTHORITY.certificate());
        assertThat(trust.pem().lines().mapToInt(String::length).max()).hasValue(64);
    }

    @Test
    void theTrustManagerTrustsTheAuthorityBesideThePlatforms() throws Exception {
        assertThat(trust.trustManager().getAcceptedIssuers())
                .contains(AUTHORITY.certificate())
                .containsAll(platform());
        assertThat(platform()).isNotEmpty();
    }

    @Test
    void theContextAcceptsTheAuthoritysLeavesForTheirNamesOnly() throws Exception {
        var leaf = AUTHORITY.issuer().issue(LeafName.of("example.com"), LeafKind.EC);
        SSLContext server = EngineHandshake.server(leaf);
        SSLContext client = trust.sslContext();
        assertThat(EngineHandshake.run(server, client, "example.com", "TLSv1.3")
                        .getSession()
                        .getPeerCertificates())
                .contains(AUTHORITY.certificate());
        assertThatThrownBy(() -> EngineHandshake.run(server, client, "example.org", "TLSv1.3"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void eachTrustStoreIsTheCallersOwn() throws Exception {
        KeyStore store = trust.trustStore();
        int size = store.size();
        store.deleteEntry(store.aliases().nextElement());
        assertThat(trust.trustStore().size()).isEqualTo(size);
    }

    @Test
    void theTrustStoreFileIsReadWithItsPassword() throws Exception {
        Path file = folder.resolve("trust.p12");
        trust.writeTrustStore(file, "changeit".toCharArray());
        KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        assertThat(store.getCertificateAlias(AUTHORITY.certificate())).isNotNull();
        assertThat(store.size()).isGreaterThan(platform().size());
        assertThatThrownBy(() -> KeyStore.getInstance(file.toFile(), "wrong".toCharArray()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theBundleHoldsThePlatformsRootsAndTheAuthority() throws Exception {
        Path file = folder.resolve("bundle.pem");
        trust.writeBundle(file);
        List<Certificate> certificates = List.copyOf(parse(Files.readAllBytes(file)));
        assertThat(certificates).contains(AUTHORITY.certificate()).containsAll(platform());
    }

    @Test
    void writingReplacesAFileAndLeavesNothingBeside() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "old");
        trust.writePem(file);
        assertThat(file).hasContent(trust.pem());
        assertThat(folder.toFile().list()).containsExactly("ca.pem");
    }

    @Test
    void aFailureToWriteLeavesNothingBeside() throws Exception {
        Path busy = Files.createDirectories(folder.resolve("ca.pem/inside")).getParent();
        assertThatThrownBy(() -> trust.writePem(busy)).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactly("ca.pem");
    }

    @Test
    void thePinIsTheHashOfThePublicKey() throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                .digest(AUTHORITY.certificate().getPublicKey().getEncoded());
        assertThat(trust.spkiPin()).isEqualTo(Base64.getEncoder().encodeToString(digest));
    }

    @Test
    void theAndroidNameHasTheFormOfOne() {
        assertThat(trust.androidFileName()).matches("[0-9a-f]{8}\\.0");
    }

    @Test
    void theAppleProfileCarriesTheCertificateAsARoot() throws Exception {
        Document plist = plist(trust.mobileConfig());
        String root = "/plist/dict/array/dict/";
        assertThat(text(plist, root + "key[.='PayloadType']/following-sibling::string[1]"))
                .isEqualTo("com.apple.security.root");
        assertThat(Base64.getMimeDecoder()
                        .decode(text(plist, root + "key[.='PayloadContent']/following-sibling::data[1]")))
                .isEqualTo(trust.der());
        assertThat(text(plist, "/plist/dict/key[.='PayloadType']/following-sibling::string[1]"))
                .isEqualTo("Configuration");
        assertThat(text(plist, root + "key[.='PayloadUUID']/following-sibling::string[1]"))
                .matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
                .isNotEqualTo(text(plist, "/plist/dict/key[.='PayloadUUID']/following-sibling::string[1]"));
    }

    @Test
    void theAppleProfileIsAlwaysTheSame() {
        assertThat(trust.mobileConfig()).isEqualTo(trust.mobileConfig());
        assertThat(trust.mobileConfig())
                .isNotEqualTo(CertificateAuthority.ephemeral().trust().mobileConfig());
    }

    @Test
    void theAppleProfileHoldsAnyName() throws Exception {
        AuthorityTrust odd = CertificateAuthority.ephemeral(
                        AuthorityOptions.builder().commonName("A <b> & 'c'").build())
                .trust();
        assertThat(text(plist(odd.mobileConfig()), "/plist/dict/key[.='PayloadDisplayName']/following-sibling::string"))
                .startsWith("A <b> & 'c' ");
    }

    private static Document plist(byte[] bytes) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return builder.parse(new ByteArrayInputStream(bytes));
    }

    private static String text(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document).strip();
    }

    @Test
    void toolsThatReplaceTheirRootsGetTheBundle() {
        Map<String, String> variables = trust.environment(Path.of("ca.pem"), Path.of("bundle.pem"));
        String pem = Path.of("ca.pem").toAbsolutePath().toString();
        String bundle = Path.of("bundle.pem").toAbsolutePath().toString();
        assertThat(variables)
                .containsEntry("NODE_EXTRA_CA_CERTS", pem)
                .containsEntry("DENO_CERT", pem)
                .containsEntry("SSL_CERT_FILE", bundle)
                .containsEntry("REQUESTS_CA_BUNDLE", bundle)
                .containsEntry("CURL_CA_BUNDLE", bundle)
                .containsEntry("GIT_SSL_CAINFO", bundle)
                .containsEntry("AWS_CA_BUNDLE", bundle);
    }

    @Test
    void noProviderIsInstalled() throws Exception {
        trust.sslContext();
        AUTHORITY.issuer().issue(LeafName.of("a.test"), LeafKind.EC);
        assertThat(Security.getProviders())
                .noneMatch(provider -> provider.getClass().getName().startsWith("org.bouncycastle"));
    }
}
