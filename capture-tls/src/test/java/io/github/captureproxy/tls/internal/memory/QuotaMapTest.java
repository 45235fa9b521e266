package io.github.captureproxy.tls.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuotaMapTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeClock clock = new FakeClock();
    private final QuotaMap<String, Integer> map = new QuotaMap<>(clock, 4, 2);

    @Test
    void whatWasPutIsFound() {
        assertThat(map.put("a", "x", 1, HOUR)).isTrue();
        assertThat(map.get("x")).contains(1);
        assertThat(map.get("y")).isEmpty();
    }

    @Test
    void anEntryLastsToTheEndOfItsLifetimeAndNoLonger() {
        map.put("a", "x", 1, HOUR);
        clock.advance(HOUR.minusNanos(1));
        assertThat(map.get("x")).contains(1);
        clock.advance(Duration.ofNanos(1));
        assertThat(map.get("x")).isEmpty();
    }

    @Test
    void puttingAgainExtendsTheLifetime() {
        map.put("a", "x", 1, HOUR);
        clock.advance(HOUR.minusSeconds(1));
        map.put("a", "x", 2, HOUR);
        clock.advance(HOUR.minusSeconds(1));
        assertThat(map.get("x")).contains(2);
    }

    @Test
    void pastItsQuotaAnOwnerLosesItsOldest() {
        map.put("a", "x", 1, HOUR);
        map.put("a", "y", 2, HOUR);
        map.put("a", "z", 3, HOUR);
        assertThat(map.get("x")).isEmpty();
        assertThat(map.get("y")).contains(2);
        assertThat(map.get("z")).contains(3);
    }

    @Test
    void nobodyEvictsAnothersEntryByTakingItOver() {
        map.put("a", "x", 1, HOUR);
        map.put("b", "x", 2, HOUR);
        map.put("b", "y", 3, HOUR);
        map.put("b", "z", 4, HOUR);
        assertThat(map.get("x")).contains(2);
    }

    @Test
    void whenAllIsFullANewOwnerIsNotRememberedAndThatIsCounted() {
        fill();
        assertThat(map.put("c", "c1", 5, HOUR)).isFalse();
        assertThat(map.get("c1")).isEmpty();
        assertThat(map.snapshot()).hasSize(4);
        assertThat(map.refused()).isEqualTo(1);
    }

    @Test
    void whenAllIsFullAnOwnerReplacesItsOwn() {
        fill();
        assertThat(map.put("a", "a3", 5, HOUR)).isTrue();
        assertThat(map.get("a1")).isEmpty();
        assertThat(map.get("b1")).isPresent();
        assertThat(map.get("b2")).isPresent();
    }

    @Test
    void whatHasExpiredMakesRoomForANewOwner() {
        fill();
        clock.advance(HOUR);
        assertThat(map.put("c", "c1", 5, HOUR)).isTrue();
        assertThat(map.snapshot()).extracting(QuotaMap.Entry::key).containsExactly("c1");
    }

    @Test
    void theListHasNothingThatExpired() {
        map.put("a", "x", 1, HOUR);
        map.put("a", "y", 1, HOUR.multipliedBy(2));
        clock.advance(HOUR);
        assertThat(map.snapshot()).extracting(QuotaMap.Entry::key).containsExactly("y");
    }

    @Test
    void entriesAreForgottenOneByOneBySortOrAllAtOnce() {
        fill();
        assertThat(map.remove("a1")).isTrue();
        assertThat(map.remove("a1")).isFalse();
        map.removeIf(entry -> entry.owner().equals("b"));
        assertThat(map.snapshot()).extracting(QuotaMap.Entry::key).containsExactly("a2");
        map.clear();
        assertThat(map.snapshot()).isEmpty();
    }

    private void fill() {
        map.put("a", "a1", 1, HOUR);
        map.put("a", "a2", 2, HOUR);
        map.put("b", "b1", 3, HOUR);
        map.put("b", "b2", 4, HOUR);
    }

    @Property
    void neverMoreThanCapacityAndQuotaAndNobodyEvictsAnother(
            @ForAll @Size(max = 60) List<@IntRange(max = 59) Integer> steps) {
        QuotaMap<String, Integer> some = new QuotaMap<>(clock, 7, 3);
        for (int step : steps) {
            String owner = "owner" + step % 5;
            Map<Object, List<String>> before = byOwner(some);
            some.put(owner, owner + "/" + step / 5, step, HOUR);
            Map<Object, List<String>> after = byOwner(some);
            before.remove(owner);
            assertThat(after).containsAllEntriesOf(before);
            assertThat(some.snapshot()).hasSizeLessThanOrEqualTo(7);
            assertThat(after.values()).allSatisfy(own -> assertThat(own).hasSizeLessThanOrEqualTo(3));
        }
    }

    private static Map<Object, List<String>> byOwner(QuotaMap<String, Integer> map) {
        Map<Object, List<String>> result = new HashMap<>();
        for (QuotaMap.Entry<String, Integer> entry : map.snapshot()) {
            result.merge(
                    entry.owner(),
                    List.of(entry.key()),
                    (a, b) -> java.util.stream.Stream.of(a, b)
                            .flatMap(List::stream)
                            .sorted()
                            .toList());
        }
        return result;
    }
}
