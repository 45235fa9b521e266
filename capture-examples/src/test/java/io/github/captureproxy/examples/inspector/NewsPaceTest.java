package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsPaceTest {
    private static final int FEW = NewsPace.SCREENFUL;
    private static final int MANY = NewsPace.SCREENFUL + 1;

    private final NewsPace pace = new NewsPace();

    @Test
    void rowsThatCanBeReadAreToldAtEachTick() {
        assertThat(pace.tick(FEW)).isTrue();
        assertThat(pace.tick(2 * FEW)).isTrue();
        assertThat(pace.tick(2 * FEW)).isTrue();
    }

    @Test
    void moreAreToldAtEveryOtherTick() {
        assertThat(pace.tick(MANY)).isFalse();
        assertThat(pace.tick(2 * MANY)).isTrue();
        assertThat(pace.tick(3 * MANY)).isFalse();
        assertThat(pace.tick(4 * MANY)).isTrue();
    }

    @Test
    void theLastOfManyAreToldOneTickLater() {
        assertThat(pace.tick(MANY)).isFalse();
        assertThat(pace.tick(MANY)).isTrue();
        assertThat(pace.tick(MANY)).isTrue();
    }
}
