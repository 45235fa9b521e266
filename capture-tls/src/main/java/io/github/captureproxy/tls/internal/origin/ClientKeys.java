package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostName;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Answers origins that ask for a client certificate, and notes that they did. Safe for any thread; a note lives as long
 * as its engine.
 */
public final class ClientKeys extends X509ExtendedKeyManager {
    private final List<ClientIdentity> identities;
    private final Set<SSLEngine> asked = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Prepares to answer.
     *
     * @param identities what there is to show; of several for a host the first counts
     */
    public ClientKeys(List<ClientIdentity> identities) {
        this.identities = List.copyOf(identities);
    }

    /**
     * What an origin is shown.
     *
     * @param name the origin's name in its comparable form
     * @return the identity; empty if none is configured
     */
    public Optional<ClientIdentity> identity(String name) {
        return identities.stream().filter(each -> each.hosts().matches(name)).findFirst();
    }

    /**
     * Tells if the origin at the other end of an engine asked for a certificate.
     *
     * @param engine the engine
     * @return true if it did
     */
    public boolean wasAsked(SSLEngine engine) {
        return asked.contains(engine);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        asked.add(engine);
        return choose(keyTypes, engine.getPeerHost());
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes, PeerHost.of(socket));
    }

    private @Nullable String choose(String[] keyTypes, @Nullable String host) {
        String name = HostName.normalized(String.valueOf(host));
        for (int i = 0; i < identities.size(); i++) {
            ClientIdentity identity = identities.get(i);
            if (identity.hosts().matches(name)
                    && Arrays.asList(keyTypes).contains(identity.key().getAlgorithm())) {
                return Integer.toString(i);
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identities.get(Integer.parseInt(alias)).key();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
