package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.RecordingOrigin.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exports in the hands of the programs of npm that they are for, which run once in a single process, as Node starts
 * slowly: har-validator, the schema of Postman collections, Postman's own library, and newman, which runs them against an origin.
 */
class NodeConsumersTest {
    /** What newman makes itself, and what it takes for a variable. */
    private static final Set<String> OTHER_FIELDS =
            Set.of("accept-encoding", "content-encoding", "cookie", "x-template");

    /** What newman percent-encodes, as all that Node sends. */
    private static final Map<String, String> OTHER_TARGETS = Map.of(
            "variable", "/h/variable/%7B%7B$guid%7D%7D?x={%7B$timestamp}}",
            "brackets", "/h/brackets[1]%7B2%7D(3)|;:@,$!'*+?a={1,2}&b=[3]",
            "quotes", "/h/quotes'it%22s%60id%60%41%PATH%!x^y?$HOME&%27a%27=%22b%22",
            "raw", "/h/raw/gr%C3%BC%C3%9Fe%F0%9F%98%80%E2%80%A8%EF%BB%BF%E4%B8%96%E9?%E9");

    /** What no collection can hold. */
    private static final Set<String> WITHOUT_BODY = Set.of("binary", "here-document", "invalid", "huge");

    private static final Map<String, String> OTHER_BODIES = Map.of(
            "latin", "gr\u00fc\u00dfe",
            "form", "a=1&b=x%20y%20z&c=%C3%A9%26&d%5B%5D=",
            "form-again", "a=1&b={%7B$guid}}&a=2&%zz&=",
            "json", withoutBraces(HostileExchanges.JSON),
            "gzip", withoutBraces(HostileExchanges.JSON));

    @TempDir
    private static Path folder;

    private static RecordingOrigin folders;
    private static RecordingOrigin byTime;
    private static String said = "";

    @BeforeAll
    static void runAll() throws Exception {
        NodePackages.installed();
        folders = RecordingOrigin.start();
        byTime = RecordingOrigin.start();
        PostmanFormat postman = Export.postman("hostile").redact(Redaction.none());
        postman.write(new Repeated(folders).exchanges(), folder.resolve("folders.json"));
        postman.byTime().write(new Repeated(byTime).exchanges(), folder.resolve("byTime.json"));
        Export.har()
                .redact(Redaction.none())
                .write(HostileExchanges.at(new HttpOrigin("https", "example.com", 443)), folder.resolve("hostile.har"));
        NodePackages.run("consumers.js", wanted(), folder.resolve("said.json"));
        said = Files.readString(folder.resolve("said.json"));
    }

    private static Path wanted() throws IOException {
        Path wanted = folder.resolve("wanted.json");
        try (OutputStream out = Files.newOutputStream(wanted);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("har");
            json.writeStringField("har", folder.resolve("hostile.har").toString());
            json.writeEndObject();
            json.writeObjectFieldStart("postman");
            json.writeStringField("folders", folder.resolve("folders.json").toString());
            json.writeStringField("byTime", folder.resolve("byTime.json").toString());
            json.writeEndObject();
            json.writeEndObject();
        }
        return wanted;
    }

    @AfterAll
    static void close() throws IOException {
        if (folders != null) {
            folders.close();
            byTime.close();
        }
    }

    @Test
    void archivesAreValid() {
        assertThat(said).contains("\"har\":{\"errors\":[]}");
    }

    @Test
    void collectionsAreValidAndAllTheirRequestsRun() throws IOException {
        int count = new Repeated(folders).exchanges().size();
        String run = "\"run\":{\"executed\":" + count + ",\"failures\":[]}";

        assertThat(said).contains("\"folders\":{\"errors\":[],", "\"byTime\":{\"errors\":[],");
        assertThat(said.split(Pattern.quote(run), -1)).as(said).hasSize(3);
    }

    @Test
    void postmansLibraryLoadsItemsWithTheirExamples() {
        assertThat(said)
                .contains("{\"name\":\"/h/gzip\",\"examples\":[201]}", "{\"name\":\"/h/unanswered\",\"examples\":[]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOriginSeesTheSameRequests(boolean inFolders) throws IOException {
        Repeated repeated = new Repeated(inFolders ? folders : byTime);
        for (Exchange exchange : repeated.exchanges()) {
            String name = HostileExchanges.name(exchange).replaceAll("[^a-z-].*", "");
            Received got = repeated.received(name);
            String target = OTHER_TARGETS.getOrDefault(name, exchange.request().target());
            assertThat(got.requestLine()).isEqualTo(exchange.request().method() + " " + target + " HTTP/1.1");
            Repeated.fieldsAreThere(exchange, got, OTHER_FIELDS);
            Repeated.sameCookies(exchange, got);
            if (WITHOUT_BODY.contains(name)) {
                assertThat(got.body()).isEmpty();
            } else if (OTHER_BODIES.containsKey(name)) {
                assertThat(new String(got.body(), UTF_8)).isEqualTo(OTHER_BODIES.get(name));
            } else {
                Repeated.sameBody(exchange, got);
            }
        }
    }

    @Test
    void requestsComeInTheOrderOfTime() throws IOException {
        Repeated repeated = new Repeated(byTime);
        List<String> sent = repeated.exchanges().stream()
                .map(HostileExchanges::name)
                .map(name -> name.replaceAll("[^a-z-].*", ""))
                .toList();

        assertThat(byTime.received())
                .extracting(
                        got -> got.requestLine().replaceFirst("^[A-Z]+ /h/", "").replaceAll("[^a-z-].*", ""))
                .isEqualTo(sent);
    }

    /** As JSON may write what Postman would take for a variable. */
    private static String withoutBraces(String json) {
        return json.replace("{{{", "{\\u007b\\u007b").replace("{{", "{\\u007b");
    }
}
