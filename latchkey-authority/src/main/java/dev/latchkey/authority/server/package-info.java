/**
 * Everything wired together behind one service; start at {@link dev.latchkey.authority.server.AuthorityService}.
 */
@NullMarked
package dev.latchkey.authority.server;

import org.jspecify.annotations.NullMarked;
