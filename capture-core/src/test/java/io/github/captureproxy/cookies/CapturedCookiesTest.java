package io.github.captureproxy.cookies;

import static io.github.captureproxy.cookies.Captured.NOON;
import static io.github.captureproxy.cookies.CookieChange.Kind.DELETED;
import static io.github.captureproxy.cookies.CookieChange.Kind.EXPIRED;
import static io.github.captureproxy.cookies.CookieChange.Kind.FORGOTTEN;
import static io.github.captureproxy.cookies.CookieChange.Kind.REFUSED;
import static io.github.captureproxy.cookies.CookieChange.Kind.REPLACED;
import static io.github.captureproxy.cookies.CookieChange.Kind.SENT;
import static io.github.captureproxy.cookies.CookieChange.Kind.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.cookies.CapturedCookie.Source;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.Script;
import java.net.CookieManager;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What became of cookies over time. */
class CapturedCookiesTest {
    private static final String HOST = "http://www.example.com";
    private static final String SECRET = "s3cret";

    private final Captured captured = new Captured();
    private final CapturedCookies cookies = captured.cookies();

    private List<CookieChange.Kind> kinds() {
        return cookies.changes().stream().map(CookieChange::kind).toList();
    }

    private List<String> values() {
        return cookies.cookies().stream().map(CapturedCookie::value).toList();
    }

    @Test
    void aCookieIsSetReplacedAndDeleted() {
        captured.set(HOST + "/", "id=1; Path=/")
                .set(HOST + "/a/", "id=2; Path=/")
                .set(HOST + "/", "id=; Path=/; Max-Age=0");

        assertThat(kinds()).containsExactly(SET, REPLACED, DELETED);
        assertThat(cookies.cookies()).isEmpty();
        assertThat(cookies.changes().get(1).cookie().value()).isEqualTo("2");
        assertThat(cookies.changes().get(1).exchangeId()).isEqualTo(2);
    }

    @Test
    void aReplacedCookieKeepsItsAge() {
        captured.set(HOST + "/", "id=1").set(HOST + "/", "id=2");

        assertThat(cookies.cookies().get(0).created()).isEqualTo(NOON);
        assertThat(cookies.cookies().get(0).changed()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void itExpiresByTheTimeOfTheExchanges() {
        captured.set(HOST + "/", "id=1; Max-Age=60", "session=1");

        captured.at(NOON.plusSeconds(59), HOST + "/", "");
        assertThat(cookies.cookies()).hasSize(2);
        captured.at(NOON.plusSeconds(60), HOST + "/", "");

        assertThat(kinds()).containsExactly(SET, SET, EXPIRED);
        assertThat(cookies.changes().get(2).time()).isEqualTo(NOON.plusSeconds(60));
        assertThat(cookies.cookies()).hasSize(1);
    }

    @Test
    void nameDomainAndPathTellCookiesApart() {
        captured.set(HOST + "/a/b", "id=1", "id=2; Path=/", "id=3; Domain=example.com", "ID=4");

        assertThat(kinds()).containsOnly(SET);
        assertThat(values()).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void theyAreSentInTheOrderOfTheRfcToWhomTheyAreFor() {
        captured.set(HOST + "/", "root=1").set(HOST + "/a/", "deep=2", "all=3; Domain=example.com; Path=/");

        assertThat(cookies.header(URI.create(HOST + "/a/x"))).isEqualTo("deep=2; root=1; all=3");
        assertThat(cookies.header(URI.create(HOST + "/"))).isEqualTo("root=1; all=3");
        assertThat(cookies.header(URI.create("http://api.example.com/"))).isEqualTo("all=3");
        assertThat(cookies.header(URI.create("http://other.com/"))).isEmpty();
    }

    @Test
    void aDomainIsShownWithItsSubdomains() {
        captured.set(HOST + "/", "a=1").set("http://example.com/", "b=2").send("http://api.example.com/", "c=3");
        captured.set("http://other.com/", "d=4; Domain=example.com");

        assertThat(cookies.cookies("example.com"))
                .extracting(CapturedCookie::name)
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(cookies.cookies(HOST.substring(7)))
                .extracting(CapturedCookie::name)
                .containsExactly("a");
        assertThat(cookies.changes("example.com"))
                .extracting(CookieChange::kind)
                .containsExactly(SET, SET, SENT, REFUSED);
        assertThat(cookies.changes("other.com")).extracting(CookieChange::kind).containsExactly(REFUSED);
        assertThat(cookies.sent(".example.com")).extracting(SentCookie::name).containsExactly("c");
        assertThat(cookies.domains()).containsExactly("api.example.com", "example.com", "other.com", "www.example.com");
    }

    @Test
    void aCookieThatNoResponseSetIsKnownFromTheRequest() {
        captured.send("https://www.example.com/a", "before=1; flag");

        assertThat(kinds()).containsExactly(SENT, SENT);
        CapturedCookie cookie = cookies.cookies().get(1);
        assertThat(cookie.source()).isEqualTo(Source.REQUEST);
        assertThat(cookie.hostOnly() && cookie.secure() && cookie.path().equals("/"))
                .isTrue();
        assertThat(cookies.cookies().get(0).name()).isEmpty();
    }

    @Test
    void aResponseShowsWhatAnAssumedCookieReallyIs() {
        captured.send(HOST + "/", "id=1").set(HOST + "/", "id=2; Domain=example.com");

        assertThat(cookies.cookies()).hasSize(1);
        assertThat(cookies.cookies().get(0).domain()).isEqualTo("example.com");
    }

    @Test
    void aScriptsValueIsTheOneThatIsSentNext() {
        captured.set(HOST + "/", "id=1; Domain=example.com").send(HOST + "/", "id=2");

        assertThat(values()).containsExactly("2");
        assertThat(cookies.cookies().get(0).source()).isEqualTo(Source.RESPONSE);
        assertThat(kinds()).containsExactly(SET, SENT);
    }

    @Test
    void aRequestThatAResponseOvertookChangesNothing() {
        captured.at(NOON.plusSeconds(5), HOST + "/", "", "id=new", "gone=; Max-Age=0");
        captured.at(NOON.plusSeconds(4), HOST + "/", "id=old; gone=1");

        assertThat(values()).containsExactly("new");
        assertThat(cookies.sent()).hasSize(2);
    }

    @Test
    void whatIsSentOftenIsCounted() {
        captured.send(HOST + "/", "a=1; b=2").send(HOST + "/x", "a=1").send(HOST + "/", "a=9");

        SentCookie often = cookies.sent().get(1);
        assertThat(often.value()).isEqualTo("1");
        assertThat(often.requests()).isEqualTo(2);
        assertThat(often.first()).isEqualTo(NOON);
        assertThat(often.last()).isEqualTo(NOON.plusSeconds(1));
        assertThat(cookies.sent()).hasSize(3);
    }

    @Test
    void anInsecureOneDoesNotStandOverASecureOne() {
        captured.set("https://www.example.com/", "id=1; Secure").set(HOST + "/", "id=2; Domain=example.com");

        assertThat(kinds()).containsExactly(SET, REFUSED);
        assertThat(values()).containsExactly("1");
    }

    @Test
    void pastTheLimitsTheOldestGo() {
        for (int i = 0; i <= CapturedCookies.MAX_COOKIES; i++) {
            captured.set(HOST + "/", "c" + i + "=1");
            captured.send(HOST + "/", "c" + i + "=1");
        }

        assertThat(cookies.cookies()).hasSize(CapturedCookies.MAX_COOKIES);
        assertThat(cookies.sent()).hasSize(CapturedCookies.MAX_SENT);
        assertThat(cookies.changes().stream().filter(change -> change.kind() == FORGOTTEN))
                .extracting(change -> change.cookie().name())
                .containsExactly("c0");
        captured.set(
                HOST + "/",
                IntStream.range(0, CapturedCookies.MAX_CHANGES)
                        .mapToObj(i -> "x=" + i)
                        .toArray(String[]::new));
        assertThat(cookies.changes()).hasSize(CapturedCookies.MAX_CHANGES);
    }

    @Test
    void nothingThatIsPrintedShowsAValue() {
        captured.set(HOST + "/", "id=" + SECRET, "no=" + SECRET + "; Domain=com", "bad\u0001=" + SECRET);
        captured.send(HOST + "/", "id=" + SECRET + "; x\u001b=" + SECRET);

        String printed = cookies + "\n" + cookies.cookies() + cookies.changes() + cookies.sent();
        assertThat(printed).contains("id for www.example.com/, for the session").doesNotContain(SECRET);
        assertThat(printed.replace("\n", "").chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void aListenerGivesAnotherClientTheCookiesOfTheFirst() throws Exception {
        CookieStore store = new CookieManager().getCookieStore();
        try (RawOrigin origin = new RawOrigin();
                CaptureProxy proxy =
                        CaptureProxy.builder().port(0).listener(cookies).start()) {
            Script.run(proxy, origin, Script.get(origin, "/login"), Script.ok("Set-Cookie: id=7; Path=/\r\n", ""));
        }

        assertThat(cookies.addTo(store)).isEmpty();
        assertThat(store.getCookies()).extracting(HttpCookie::getValue).containsExactly("7");
    }
}
