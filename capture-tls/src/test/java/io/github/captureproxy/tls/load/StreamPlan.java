package io.github.captureproxy.tls.load;

import java.util.Random;

/** What happens on one stream, all of it made of a seed and the stream's number. */
final class StreamPlan {
    static final int MOST_BYTES = 200 * 1024;

    /** CANCEL, INTERNAL_ERROR, NO_ERROR, and one that has no name. */
    private static final long[] CODES = {8, 2, 0, 0xdead_beefL};

    private final int ordinal;
    private final long seed;
    private final Ending ending;
    private final Content request;
    private final Content response;
    private final boolean requestTrailers;
    private final boolean responseTrailers;
    private final int cutAt;
    private final long code;

    StreamPlan(long seed, int ordinal) {
        Random random = new Random(seed * 31 + ordinal);
        this.ordinal = ordinal;
        this.seed = seed;
        ending = Ending.of(random.nextInt(100_000));
        request = new Content(random.nextLong(), size(random));
        response = new Content(random.nextLong(), size(random));
        requestTrailers = random.nextInt(8) == 0;
        responseTrailers = random.nextInt(4) == 0;
        int all = request.size() + response.size();
        cutAt = all == 0 ? 0 : random.nextInt(all);
        code = CODES[random.nextInt(CODES.length)];
    }

    /** None, few, or any number up to the most. */
    private static int size(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(2_000);
            default -> random.nextInt(MOST_BYTES + 1);
        };
    }

    int ordinal() {
        return ordinal;
    }

    Ending ending() {
        return ending;
    }

    Content request() {
        return request;
    }

    Content response() {
        return response;
    }

    boolean hasRequestTrailers() {
        return requestTrailers;
    }

    boolean hasResponseTrailers() {
        return responseTrailers;
    }

    /** How many bytes of both bodies together have passed when the stream is reset. */
    int cutAt() {
        return cutAt;
    }

    /** What it is reset with. */
    long code() {
        return code;
    }

    /** For what makes no difference to the outcome: pieces, padding, pauses. */
    Random random(boolean ofClient) {
        return new Random(seed * 37 + 2L * ordinal + (ofClient ? 1 : 0));
    }

    /** Nothing follows the request's head. */
    boolean isBare() {
        return request.size() == 0 && !requestTrailers;
    }

    @Override
    public String toString() {
        return "stream " + ordinal + " " + ending + " " + request.size() + " up " + response.size() + " down, cut at "
                + cutAt;
    }
}
