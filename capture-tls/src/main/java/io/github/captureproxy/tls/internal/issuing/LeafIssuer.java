package io.github.captureproxy.tls.internal.issuing;

import static io.github.captureproxy.tls.internal.issuing.AuthorityMaker.add;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes leaves for one authority. Safe for any thread. The keys that leaves of one kind share are made when the first of
 * them is asked for: never the authority's own, and gone with this object.
 */
public final class LeafIssuer {
    /**
     * How long a leaf is valid in all, with what lies in the past. Public limits fall to 47 days by 2029, and some
     * clients hold private authorities to them.
     */
    static final Duration LIFETIME = Duration.ofDays(45);

    /** RFC 5280 appendix A.1, ub-common-name. */
    private static final int MAX_COMMON_NAME = 64;

    /** Made once, under a lock of its own: an RSA key takes its time, and those who want EC don't wait for it. */
    private static final class SharedKeys {
        private final LeafKind kind;
        private @Nullable KeyPair pair;

        SharedKeys(LeafKind kind) {
            this.kind = kind;
        }

        synchronized KeyPair get() {
            KeyPair made = pair;
            if (made == null) {
                made = kind.key().generate();
                pair = made;
            }
            return made;
        }
    }

    private final AuthorityKeyPair authority;
    private final Clock clock;
    private final CertificateSigner signer;
    private final X500Name issuer;
    private final AuthorityKeyIdentifier authorityKey;
    private final NameLimits limits;
    private final Map<LeafKind, SharedKeys> keys = new EnumMap<>(LeafKind.class);

    /**
     * Prepares to sign.
     *
     * @param authority who signs
     * @param clock gives the time from which validity counts
     */
    public LeafIssuer(AuthorityKeyPair authority, Clock clock) {
        this.authority = Objects.requireNonNull(authority, "authority");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.signer = CertificateSigner.of(authority.privateKey());
        X509Certificate certificate = authority.certificate();
        this.issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        this.authorityKey = new AuthorityKeyIdentifier(KeyIdentifiers.ofAuthority(certificate));
        this.limits = NameLimits.of(certificate);
        for (LeafKind kind : LeafKind.values()) {
            keys.put(kind, new SharedKeys(kind));
        }
    }

    /**
     * Whose the certificates are that clients are shown for a name.
     *
     * @param name a name
     * @return the subjects of the leaf and of those above it, as RFC 2253 writes them
     */
    public List<String> subjects(LeafName name) {
        List<String> subjects = new ArrayList<>();
        subjects.add(subject(name).toString());
        authority.chain().stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .forEach(subjects::add);
        return subjects;
    }

    /**
     * Tells if clients can accept a leaf for this name at all, as far as the authority's name constraints go.
     *
     * @param name a name
     * @return false if the authority may not vouch for it
     */
    public boolean permits(LeafName name) {
        return limits.permit(generalName(name));
    }

    /**
     * Makes a leaf: about a third of a millisecond of CPU, more with an RSA authority, and once for each kind the time
     * that its key takes.
     *
     * @param name the name that it is for
     * @param kind the kind of its key
     * @return a new leaf
     * @throws IllegalStateException if the authority itself is no longer, or not yet, valid
     */
    public Leaf issue(LeafName name, LeafKind kind) {
        Instant now = clock.instant();
        Instant from = later(now.minus(AuthorityMaker.BACK_DATING).truncatedTo(ChronoUnit.SECONDS), authorityFrom());
        Instant until = earlier(from.plus(LIFETIME), authorityUntil());
        if (now.isBefore(from) || !now.isBefore(until)) {
            throw new IllegalStateException("the authority is valid from " + authorityFrom() + " until "
                    + authorityUntil() + ", and now it is " + now + ": renew it");
        }
        KeyPair pair = Objects.requireNonNull(keys.get(kind)).get();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                Signing.serial(),
                Date.from(from),
                Date.from(until),
                subject(name),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        extend(builder, name, kind);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(signer.sign(builder));
        chain.addAll(authority.chain());
        return new Leaf(name, chain, pair.getPrivate(), renewal(now, until));
    }

    private Instant authorityFrom() {
        return authority.certificate().getNotBefore().toInstant();
    }

    private Instant authorityUntil() {
        return authority.certificate().getNotAfter().toInstant();
    }

    /** A quarter of the time is left then, however little there was, so that no leaf is made anew on every call. */
    private static Instant renewal(Instant now, Instant until) {
        return until.minus(Duration.between(now, until).dividedBy(4));
    }

    /** Nobody reads it but people: clients look at the subjectAltName (RFC 9525 section 1.2). It must not be empty. */
    private static X500Name subject(LeafName name) {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        return name.text().length() <= MAX_COMMON_NAME
                ? subject.addRDN(BCStyle.CN, name.text()).build()
                : subject.addRDN(BCStyle.O, "Capture Proxy").build();
    }

    private void extend(X509v3CertificateBuilder builder, LeafName name, LeafKind kind) {
        int usage =
                kind == LeafKind.RSA ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature;
        add(builder, Extension.keyUsage, true, new KeyUsage(usage));
        add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        add(builder, Extension.authorityKeyIdentifier, false, authorityKey);
        add(builder, Extension.subjectAlternativeName, false, new GeneralNames(generalName(name)));
    }

    private static GeneralName generalName(LeafName name) {
        return name.address()
                .map(address -> new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())))
                .orElseGet(() -> new GeneralName(GeneralName.dNSName, name.text()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
