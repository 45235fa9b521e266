package io.github.captureproxy.junit;

/** Called as Failsafe has it; holds no tests. */
final class OrdersIT {
    private OrdersIT() {}

    /** As a nested class. */
    static final class Refunds {}
}
