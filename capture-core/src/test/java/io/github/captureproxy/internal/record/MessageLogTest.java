package io.github.captureproxy.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WebSocketMessage.Direction;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessageLogTest {
    private static final int PLENTY = 1_000;

    private final BodyBudget budget = new BodyBudget(100);

    private static WebSocketMessage message(int size) {
        return new WebSocketMessage(
                Direction.SENT, WebSocketMessage.Type.BINARY, Instant.EPOCH, new byte[size], false, size);
    }

    @Test
    void theOldestGoWhereThereAreTooMany() {
        MessageLog log = new MessageLog(2, PLENTY, budget);
        log.add(message(1));
        log.add(message(2));
        log.add(message(3));
        assertThat(budget.reserved()).isEqualTo(5);
        assertThat(log.finish()).extracting(WebSocketMessage::payloadSize).containsExactly(2, 3);
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void theOldestGoWhereTheyWeighTooMuch() {
        MessageLog log = new MessageLog(PLENTY, 10, budget);
        log.add(message(6));
        log.add(message(3));
        log.add(message(4));
        assertThat(log.finish()).extracting(WebSocketMessage::payloadSize).containsExactly(3, 4);
    }

    @Test
    void aMessageBeyondTheBudgetIsKeptWithoutItsPayloadAndCounted() {
        MessageLog log = new MessageLog(PLENTY, PLENTY, budget);
        log.add(message(90));
        log.add(message(20));
        assertThat(log.finish())
                .satisfiesExactly(whole -> assertThat(whole.truncated()).isFalse(), cut -> {
                    assertThat(cut.payloadSize()).isZero();
                    assertThat(cut.truncated()).isTrue();
                    assertThat(cut.length()).isEqualTo(20);
                });
        assertThat(budget.allCuts()).isEqualTo(1);
    }
}
