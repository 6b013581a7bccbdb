package dev.latchkey.authority.page;

/**
 * In front of whom, and for whom, a page is shown.
 *
 * @param application name of the client
 * @param tenant name of the tenant, empty if any
 * @param redirectUri where the answer will go
 * @param servesItself whether people may make accounts and set new passwords
 */
public record Visitor(String application, String tenant, String redirectUri, boolean servesItself) {}
