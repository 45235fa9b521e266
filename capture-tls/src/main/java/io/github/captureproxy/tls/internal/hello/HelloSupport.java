package io.github.captureproxy.tls.internal.hello;

import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SNIHostName;

/**
 * Whether the JDK's TLS can serve a client's hello, and with which kind of leaf key. By code points of the IANA
 * registries, against what the JDK enables on this run. Immutable, pure.
 */
public final class HelloSupport {
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_GROUPS = 10;

    /** The group of EC leaf keys. */
    private static final int SECP256R1 = 0x0017;

    /** The only algorithm of TLS 1.3 for a P-256 key (RFC 8446 section 4.2.3); the JDK keeps to that in TLS 1.2 too. */
    private static final List<Integer> ECDSA_P256 = List.of(0x0403);

    /** RSASSA-PSS with an rsaEncryption key, the only algorithms of TLS 1.3 for RSA leaf keys. */
    private static final List<Integer> RSA_PSS_RSAE = List.of(0x0804, 0x0805, 0x0806);

    /** What an RSA leaf key can sign with in TLS 1.2, from SHA-256 up. */
    private static final List<Integer> RSA = List.of(0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601);

    /** Finite-field groups (RFC 7919) begin here; elliptic curves have lower numbers. */
    private static final int FIRST_FFDHE = 0x0100;

    private static final int LAST_FFDHE = 0x01ff;

    private final JdkOffer offer;
    private final boolean rsaOnly;

    /**
     * Prepares to judge.
     *
     * @param offer what the JDK can do
     * @param rsaOnly true if leaves are to have RSA keys, whatever the client can use
     */
    public HelloSupport(JdkOffer offer, boolean rsaOnly) {
        this.offer = offer;
        this.rsaOnly = rsaOnly;
    }

    /** What came out. */
    public sealed interface Result {
        /**
         * The hello can be served.
         *
         * @param kind with this kind of leaf key
         */
        record Supported(LeafKind kind) implements Result {}

        /**
         * It cannot.
         *
         * @param why why not, in words
         */
        record Unsupported(String why) implements Result {}
    }

    /**
     * Judges a hello.
     *
     * @param hello the hello
     * @return whether it can be served
     */
    public Result check(ClientHello hello) {
        Optional<String> fault = fault(hello);
        if (fault.isPresent()) {
            return new Result.Unsupported(fault.get());
        }
        int version = version(hello);
        if (version == 0) {
            return new Result.Unsupported("it offers no TLS version that the JDK has enabled");
        }
        if (!rsaOnly && supports(hello, version, LeafKind.EC)) {
            return new Result.Supported(LeafKind.EC);
        }
        return supports(hello, version, LeafKind.RSA)
                ? new Result.Supported(LeafKind.RSA)
                : new Result.Unsupported("it offers no combination of cipher suite, group and signature algorithm for"
                        + (version == TLS_1_3 ? " TLS 1.3" : " TLS 1.2") + " that the JDK has enabled");
    }

    private static Optional<String> fault(ClientHello hello) {
        if (hello.hasEarlyData()) {
            // Our own tickets never allow it, so that it goes with a ticket of the origin's.
            return Optional.of("it sends early data with a ticket of the origin's");
        }
        if (Arrays.stream(hello.compressionMethods()).noneMatch(method -> method == 0)) {
            return Optional.of("it insists on compression");
        }
        return hello.rawServerName().filter(raw -> !isAllowed(raw)).map(raw -> "the JDK refuses the name in its SNI");
    }

    private static boolean isAllowed(byte[] serverName) {
        try {
            return !new SNIHostName(serverName).getAsciiName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false; // that it throws is the answer
        }
    }

    /**
     * Tells if the JDK can ask an origin for a name by SNI.
     *
     * @param name a host name, no address
     * @return false if it refuses the name
     */
    public static boolean canAskFor(String name) {
        try {
            return !new SNIHostName(name).getAsciiName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false; // that it throws is the answer
        }
    }

    /** The version that the JDK will choose: the highest one in common; 0 if there is none. */
    private int version(ClientHello hello) {
        int[] offered = hello.supportedVersions();
        if (offered.length == 0) {
            int legacy = Math.min(hello.legacyVersion(), TLS_1_2);
            return legacy == TLS_1_2 && offer.versions().contains(TLS_1_2) ? TLS_1_2 : 0;
        }
        for (int version : new int[] {TLS_1_3, TLS_1_2}) {
            if (contains(offered, version) && offer.versions().contains(version)) {
                return version;
            }
        }
        return 0;
    }

    private boolean supports(ClientHello hello, int version, LeafKind kind) {
        return version == TLS_1_3 ? supportsTls13(hello, kind) : supportsTls12(hello, kind);
    }

    private boolean supportsTls13(ClientHello hello, LeafKind kind) {
        List<Integer> signatures = kind == LeafKind.EC ? ECDSA_P256 : RSA_PSS_RSAE;
        return Arrays.stream(hello.cipherSuites()).anyMatch(suite -> Suites.isTls13(suite) && hasSuite(suite))
                && Arrays.stream(hello.supportedGroups()).anyMatch(offer.groups()::contains)
                && signs(hello, signatures);
    }

    private boolean supportsTls12(ClientHello hello, LeafKind kind) {
        boolean signs = signs(hello, kind == LeafKind.EC ? ECDSA_P256 : RSA);
        boolean curve = hasCurve(hello);
        boolean p256 = !has(hello, SUPPORTED_GROUPS) || contains(hello.supportedGroups(), SECP256R1);
        Set<Suites> usable = Arrays.stream(hello.cipherSuites())
                .filter(this::hasSuite)
                .mapToObj(Suites::of)
                .collect(Collectors.toSet());
        if (kind == LeafKind.EC) {
            return usable.contains(Suites.ECDHE_ECDSA) && signs && curve && p256;
        }
        // The JDK picks a suite before it looks for a way to sign, and such suites before those that need none.
        boolean signed = usable.contains(Suites.ECDHE_RSA) && curve || usable.contains(Suites.DHE_RSA);
        return signed ? signs : usable.contains(Suites.RSA);
    }

    private boolean hasSuite(int suite) {
        return offer.suites().contains(suite);
    }

    /** Without the extension a server may use what it likes (RFC 8422 section 4). */
    private boolean hasCurve(ClientHello hello) {
        return !has(hello, SUPPORTED_GROUPS)
                || Arrays.stream(hello.supportedGroups())
                        .filter(group -> group < FIRST_FFDHE || group > LAST_FFDHE)
                        .anyMatch(offer.groups()::contains);
    }

    /** Without the extension a TLS 1.2 client means SHA-1 (RFC 5246 section 7.4.1.4.1), which is not used here. */
    private boolean signs(ClientHello hello, List<Integer> algorithms) {
        int[] offered = hello.signatureAlgorithms();
        return has(hello, SIGNATURE_ALGORITHMS)
                && algorithms.stream()
                        .anyMatch(algorithm -> contains(offered, algorithm)
                                && offer.signatures().contains(algorithm));
    }

    private static boolean has(ClientHello hello, int extension) {
        return contains(hello.extensionTypes(), extension);
    }

    private static boolean contains(int[] values, int value) {
        return Arrays.stream(values).anyMatch(each -> each == value);
    }

    /** How a suite of TLS 1.2 agrees on keys and proves the server's. */
    private enum Suites {
        ECDHE_ECDSA,
        ECDHE_RSA,
        DHE_RSA,
        RSA,
        OTHER;

        private static final Set<Integer> ECDSA_SUITES =
                Set.of(0xc02b, 0xc02c, 0xcca9, 0xc023, 0xc024, 0xc009, 0xc00a, 0xc007, 0xc008);
        private static final Set<Integer> ECDHE_RSA_SUITES =
                Set.of(0xc02f, 0xc030, 0xcca8, 0xc027, 0xc028, 0xc013, 0xc014, 0xc011, 0xc012);
        private static final Set<Integer> DHE_RSA_SUITES =
                Set.of(0x009e, 0x009f, 0xccaa, 0x0067, 0x006b, 0x0033, 0x0039, 0x0016);
        private static final Set<Integer> RSA_SUITES = Set.of(0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0x000a);

        static boolean isTls13(int suite) {
            return suite >> 8 == 0x13;
        }

        static Suites of(int suite) {
            if (ECDSA_SUITES.contains(suite)) {
                return ECDHE_ECDSA;
            }
            if (ECDHE_RSA_SUITES.contains(suite)) {
                return ECDHE_RSA;
            }
            if (DHE_RSA_SUITES.contains(suite)) {
                return DHE_RSA;
            }
            return RSA_SUITES.contains(suite) ? RSA : OTHER;
        }
    }
}
