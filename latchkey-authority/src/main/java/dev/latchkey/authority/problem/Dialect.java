package dev.latchkey.authority.problem;

/** How a realm tells what is wrong. */
public enum Dialect {
    /** As the specifications have it. */
    PLAIN,
    /** With {@code AADSTS} numbers, sub-errors, trace and correlation ids. */
    ENTRA,
    /** With {@code AADB2C} numbers. */
    B2C
}
