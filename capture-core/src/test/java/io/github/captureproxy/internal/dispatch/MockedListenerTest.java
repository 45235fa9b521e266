package io.github.captureproxy.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;
import org.junit.jupiter.api.Test;

class MockedListenerTest {
    @Test
    void aMockHearsOfAllThoughItHasNoMethodsOfItsOwn() {
        assertThat(new ListenerDispatch(List.of(mock(ExchangeListener.class)), 10, "mocked").wantsRequests())
                .isTrue();
        ExchangeListener lambda = exchange -> {};
        assertThat(new ListenerDispatch(List.of(lambda), 10, "lambda").wantsRequests())
                .isFalse();
    }
}
