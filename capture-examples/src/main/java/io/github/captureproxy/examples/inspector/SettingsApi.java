package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.captureproxy.examples.desk.CollectionFile;
import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.examples.desk.SettingsCheck;
import io.github.captureproxy.examples.desk.SettingsCheck.Problem;
import io.github.captureproxy.examples.desk.SettingsJson;
import io.github.captureproxy.examples.desk.SettingsJson.FieldException;
import io.github.captureproxy.examples.desk.SettingsWords;
import io.github.captureproxy.spi.UpstreamProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person can set while the program runs. No password ever goes to the page. */
final class SettingsApi {
    /** What hosts have for themselves is set in their list. */
    private static final Set<String> ELSEWHERE = Set.of("login", "hosts", "trusted");

    private final Desk desk;
    private final CollectionFile collection;
    private final Surroundings surroundings;

    SettingsApi(Desk desk, CollectionFile collection, Surroundings surroundings) {
        this.desk = desk;
        this.collection = collection;
        this.surroundings = surroundings;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/settings", call -> Reply.json(shown(false)));
        routes.on("PUT", "/api/settings", this::put);
    }

    /**
     * The settings, and what follows from them.
     *
     * @param settings a field for each, but for secrets
     * @param user the user name that clients must give; empty if none
     * @param address what a client on this machine sets as its proxy
     * @param elsewhere what other devices set, where that is another one
     * @param collectionFile the collection that grows now
     * @param problems what is wrong with collection and settings file
     * @param networks ranges that are worth to be allowed
     * @param trust the authority, while HTTPS is looked into
     * @param restarted whether the proxy was started anew for them
     */
    record Shown(
            ObjectNode settings,
            String user,
            String address,
            Optional<String> elsewhere,
            Optional<String> collectionFile,
            List<String> problems,
            List<String> networks,
            Optional<ThisMachine.Trust> trust,
            boolean restarted) {}

    /** What is wrong with settings that were asked for. */
    record Refusal(String message, List<Problem> problems) {}

    private Shown shown(boolean restarted) {
        DeskSettings settings = desk.settings();
        ObjectNode object = SettingsJson.of(settings);
        object.remove(ELSEWHERE);
        object.put(
                "upstream",
                settings.upstream().map(UpstreamProxy::withoutSecrets).orElse(""));
        object.put("collection", settings.collection().map(Path::toString).orElse(""));
        ThisMachine.Reach reach = surroundings.machine().reach(desk.proxy());
        List<String> problems = Stream.of(
                        collection.problem(), surroundings.keeping().get())
                .flatMap(Optional::stream)
                .toList();
        return new Shown(
                object,
                settings.user().orElse(""),
                reach.here(),
                reach.elsewhere(),
                collection.file().map(Path::toString),
                problems,
                surroundings.machine().networks(),
                surroundings.machine().trust(),
                restarted);
    }

    private Reply put(Call call) throws IOException {
        DeskSettings now = desk.settings();
        DeskSettings wanted;
        try {
            wanted = wanted(now, call.json());
        } catch (FieldException e) {
            return refused(List.of(e.problem()));
        }
        List<InetSocketAddress> listening = List.copyOf(desk.proxy().addresses().values());
        List<Problem> problems = SettingsCheck.problems(
                now, listening, wanted, surroundings.lan().isOn());
        return problems.isEmpty() ? take(now, wanted) : refused(problems);
    }

    private Reply take(DeskSettings now, DeskSettings wanted) {
        if (!wanted.collection().equals(now.collection())) {
            try {
                collection.writeTo(wanted.collection());
            } catch (DeskException e) {
                return refused(List.of(new Problem("collection", String.valueOf(e.getMessage()))));
            }
        }
        try {
            return Reply.json(shown(desk.apply(wanted)));
        } catch (DeskException e) {
            return refused(SettingsWords.of(e));
        }
    }

    private static Reply refused(List<Problem> problems) {
        String message = problems.stream().map(Problem::message).collect(Collectors.joining("; "));
        return Reply.json(new Refusal(message, problems)).withStatus(400);
    }

    private static DeskSettings wanted(DeskSettings now, JsonNode asked) {
        ObjectNode object = SettingsJson.of(now);
        asked.properties().forEach(entry -> {
            if (object.has(entry.getKey()) && !ELSEWHERE.contains(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
            }
        });
        if (asked.has("user")) {
            object.put("login", login(now, asked));
        }
        String shownUpstream = now.upstream().map(UpstreamProxy::withoutSecrets).orElse("");
        if (asked.path("upstream").asText().equals(shownUpstream)) { // as it was shown, without the password
            object.put("upstream", now.upstream().orElse(null));
        }
        return SettingsJson.read(object);
    }

    /** A password that is left out stays as it is, as the page never had it. */
    private static @Nullable String login(DeskSettings now, JsonNode asked) {
        String user = asked.path("user").asText().strip();
        String password = asked.path("password").asText();
        if (user.indexOf(':') >= 0) {
            throw new FieldException("user", "give a name without a colon");
        }
        if (user.isEmpty() && !password.isEmpty()) {
            throw new FieldException("user", "give a name that goes with the password, or leave both blank");
        }
        if (user.isEmpty()) {
            return null;
        }
        if (password.isEmpty()) {
            return now.login()
                    .filter(login -> now.user().equals(Optional.of(user)))
                    .orElse(user + ":");
        }
        return user + ":" + password;
    }
}
