/**
 * Everything wired together behind one service; start at {@link dev.latchkey.authority.server.AuthorityService}.
 */
package dev.latchkey.authority.server;
