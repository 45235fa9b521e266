package io.github.captureproxy.client;

import io.github.captureproxy.CaptureProxy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The environment variables that send another process through a proxy and have it trust the proxy's authority: a program
 * that is started from here, or one in a container. They are for curl, git, Python, Node (from 22.21 and 24.5 on), Go,
 * Ruby, Rust, the AWS command line, gRPC, JVMs and most of what else runs on a command line. Immutable, safe for any
 * thread.
 *
 * <pre>{@code
 * ProcessBuilder app = new ProcessBuilder("python3", "app.py");
 * ClientEnvironment.of(proxy, folder).applyTo(app);
 * }</pre>
 *
 * <p>Names are in lower and upper case, as tools read one or the other. {@code NO_PROXY} is there and empty, to undo one
 * that is inherited. What tools trust in place of their own roots is a bundle of this runtime's roots and the authority,
 * so hosts that are passed through go on working. A JVM gets its properties by {@code JAVA_TOOL_OPTIONS}, of which it
 * tells on its standard error.
 *
 * <p>Go never sends localhost and loopback addresses to a proxy, whatever the variables say: give its target another
 * name, and the proxy {@code mapHost(name, "localhost")}.
 */
public final class ClientEnvironment {
    private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    private final URI proxy;
    private final String credentials;
    private final List<Path> files;
    private final TrustPaths paths;

    /** The trust files as the other process sees them; both empty where there are none. */
    private record TrustPaths(String bundle, String store) {}

    private ClientEnvironment(URI proxy, String credentials, List<Path> files, TrustPaths paths) {
        this.proxy = proxy;
        this.credentials = credentials;
        this.files = files;
        this.paths = paths;
    }

    /**
     * Only the proxy: HTTPS is looked into as far as the process trusts the authority by other means.
     *
     * @param proxy the proxy, as this machine reaches it
     * @return the variables for processes on this machine
     */
    public static ClientEnvironment of(CaptureProxy proxy) {
        return new ClientEnvironment(proxy.uri(), "", List.of(), new TrustPaths("", ""));
    }

    /**
     * The proxy and, where it has one, trust in its authority.
     *
     * @param proxy the proxy, as this machine reaches it
     * @param folder where {@code bundle.pem} and {@code java-trust.p12} are written, in place of older ones; made if it
     *     isn't there. They must stay as long as the process runs, hold no secret, and may be read by anybody
     * @return the variables for processes on this machine
     * @throws IOException if the files can't be written
     */
    public static ClientEnvironment of(CaptureProxy proxy, Path folder) throws IOException {
        if (!proxy.hasAuthority()) {
            return of(proxy);
        }
        List<Path> files = TrustFiles.write(folder.toAbsolutePath(), proxy.trustManager());
        TrustPaths paths = new TrustPaths(files.get(0).toString(), files.get(1).toString());
        return new ClientEnvironment(proxy.uri(), "", files, paths);
    }

    /**
     * The variables by which common tools are told to trust what is in two PEM files, without a proxy.
     *
     * @param added the path of a file with what tools trust beside their own roots
     * @param bundle the path of a file with what they trust in place of them
     * @return paths by variable, sorted by name; immutable
     */
    public static Map<String, String> trust(String added, String bundle) {
        return TrustVariables.of(added, bundle);
    }

    /**
     * The same for a container, which sees the proxy by another name and the files at another place.
     *
     * @param host this machine's name in the container, such as {@code host.testcontainers.internal} (after
     *     {@code Testcontainers.exposeHostPorts(proxy.port())}) or {@code host.docker.internal}
     * @param folder where {@link #files()} are copied or mounted in the container, such as {@code /capture}
     * @return the variables for the container
     */
    public ClientEnvironment inContainer(String host, String folder) {
        if (!host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")) {
            throw new IllegalArgumentException(
                    "not a host name or an address: \"" + host + "\"; give it without scheme and port");
        }
        URI seen = URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + proxy.getPort());
        String start = folder.endsWith("/") ? folder : folder + "/";
        TrustPaths inside =
                files.isEmpty() ? paths : new TrustPaths(start + TrustFiles.BUNDLE, start + TrustFiles.STORE);
        return new ClientEnvironment(seen, credentials, files, inside);
    }

    /**
     * The same with what the proxy demands of its clients, if it does ({@code credentials}). JVMs send none to a proxy
     * because of properties.
     *
     * @param user the user name
     * @param password the password, which any program may see that can read the process's environment
     * @return the variables with both in the proxy's URL
     */
    public ClientEnvironment asUser(String user, String password) {
        return new ClientEnvironment(proxy, encoded(user) + ":" + encoded(password) + "@", files, paths);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The trust files, to be copied into a container.
     *
     * @return absolute paths; empty without an authority or a folder
     */
    public List<Path> files() {
        return files;
    }

    /**
     * All variables.
     *
     * @return values by name, sorted; immutable
     */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        String url = "http://" + credentials + proxy.getRawAuthority();
        for (String name : List.of("http_proxy", "https_proxy")) {
            putBoth(variables, name, url);
        }
        putBoth(variables, "no_proxy", "");
        // The C core of gRPC, under Python, Ruby and others, prefers its own.
        variables.put("grpc_proxy", url);
        variables.put("no_grpc_proxy", "");
        variables.put("NODE_USE_ENV_PROXY", "1");
        // Older Node has packages for it, of which the most common one heeds its own.
        variables.put("GLOBAL_AGENT_HTTP_PROXY", url);
        variables.put("GLOBAL_AGENT_NO_PROXY", "");
        variables.put(JAVA_OPTIONS, javaOptions());
        if (!paths.bundle().isEmpty()) {
            // A second root is no error, so what adds to a tool's own gets the bundle too.
            variables.putAll(TrustVariables.of(paths.bundle(), paths.bundle()));
        }
        return Collections.unmodifiableMap(variables);
    }

    private static void putBoth(Map<String, String> variables, String name, String value) {
        variables.put(name, value);
        variables.put(name.toUpperCase(Locale.ROOT), value);
    }

    private String javaOptions() {
        Map<String, String> properties = ProxyProperties.of(proxy);
        if (!paths.store().isEmpty()) {
            properties.put("javax.net.ssl.trustStore", paths.store());
            properties.put("javax.net.ssl.trustStoreType", TrustFiles.STORE_TYPE);
            properties.put("javax.net.ssl.trustStorePassword", TrustFiles.PASSWORD);
        }
        return properties.entrySet().stream()
                .map(each -> quoted("-D" + each.getKey() + "=" + each.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** A JVM parts the variable at white space, outside of quotes. */
    private static String quoted(String option) {
        boolean plain = option.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        return plain ? option : '"' + option.replace("\"", "\"'\"'\"") + '"';
    }

    /**
     * Puts all variables into a process's environment. Options for Java that are there already stay, before these.
     *
     * @param process a process that isn't started yet
     */
    public void applyTo(ProcessBuilder process) {
        Map<String, String> environment = process.environment();
        String before = environment.getOrDefault(JAVA_OPTIONS, "");
        environment.putAll(variables());
        if (!before.isBlank()) {
            environment.put(JAVA_OPTIONS, before + " " + javaOptions());
        }
    }

    @Override
    public String toString() {
        return "ClientEnvironment[" + proxy + (paths.bundle().isEmpty() ? "" : ", trust in " + paths.bundle()) + "]";
    }
}
