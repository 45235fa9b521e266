package io.github.captureproxy.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    @Test
    void whatFitsIsReservedToTheByte() {
        BodyBudget budget = new BodyBudget(10);

        assertThat(budget.reserve(4)).isTrue();
        assertThat(budget.reserve(7)).isFalse();
        assertThat(budget.reserve(6)).isTrue();
        assertThat(budget.reserve(1)).isFalse();
        assertThat(budget.reserve(0)).isTrue();
        budget.release(4);
        assertThat(budget.reserved()).isEqualTo(6);
        assertThat(budget.reserve(Long.MAX_VALUE)).isFalse();
        assertThat(budget.limit()).isEqualTo(10);
    }

    @Test
    void manyThreadsNeverPassTheLimitAndLeaveNothing() throws Exception {
        BodyBudget budget = new BodyBudget(1_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long seed = i;
                workers.add(() -> staysWithin(budget, new SplittableRandom(seed)));
            }
            for (Future<Boolean> within : threads.invokeAll(workers)) {
                assertThat(within.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(budget.reserved()).isZero();
    }

    private static boolean staysWithin(BodyBudget budget, SplittableRandom random) {
        boolean within = true;
        for (int round = 0; round < 20_000; round++) {
            int wanted = random.nextInt(600);
            if (budget.reserve(wanted)) {
                within &= budget.reserved() <= budget.limit() && budget.reserved() >= wanted;
                budget.release(wanted);
            }
        }
        return within;
    }
}
