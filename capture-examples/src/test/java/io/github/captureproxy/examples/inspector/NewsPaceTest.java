package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewsPaceTest {
    private static final int FEW = NewsPace.SCREENFUL;
    private static final int MANY = NewsPace.SCREENFUL + 1;

    private final NewsPace pace = new NewsPace();

    @Test
    void rowsThatCanBeReadAreToldAtEachTick() {
        assertThat(pace.isDue(FEW)).isTrue();
        assertThat(pace.isDue(2 * FEW)).isTrue();
        assertThat(pace.isDue(2 * FEW)).isTrue();
    }

    @Test
    void moreAreToldAtEveryOtherTick() {
        assertThat(pace.isDue(MANY)).isFalse();
        assertThat(pace.isDue(2 * MANY)).isTrue();
        assertThat(pace.isDue(3 * MANY)).isFalse();
        assertThat(pace.isDue(4 * MANY)).isTrue();
    }

    @Test
    void theLastOfManyAreToldOneTickLater() {
        assertThat(pace.isDue(MANY)).isFalse();
        assertThat(pace.isDue(MANY)).isTrue();
        assertThat(pace.isDue(MANY)).isTrue();
    }
}
