package io.github.captureproxy.tls.load;

/** How a stream goes, and which side ends it. */
enum Ending {
    /** The response begins when the request is whole. */
    WHOLE(10),
    /** Both go at once; the response ends after the request. */
    BOTH_WAYS(4),
    /** The response is whole before the request, of which the origin takes all. */
    EARLY(1),
    /** The response is whole before the request, of which the origin wants no more. */
    EARLY_AND_STOPPED(1),
    /** The client resets the stream somewhere. */
    CLIENT_RESETS(3),
    /** The origin resets the stream somewhere. */
    ORIGIN_RESETS(3),
    /** The origin refuses the stream at first, which says that the request can be sent again. */
    REFUSED_ONCE(1);

    private static final int ALL = 23;

    private final int share;

    Ending(int share) {
        this.share = share;
    }

    /** One of them, in the right proportions, for a number from 0 to 99,999. */
    static Ending of(int number) {
        int left = number % ALL;
        for (Ending ending : values()) {
            left -= ending.share;
            if (left < 0) {
                return ending;
            }
        }
        throw new IllegalStateException("the shares are not " + ALL);
    }

    boolean isEarly() {
        return this == EARLY || this == EARLY_AND_STOPPED;
    }
}
