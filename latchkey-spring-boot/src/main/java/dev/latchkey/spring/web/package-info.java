/** The signed-in user, for code that serves requests. Start at {@link dev.latchkey.spring.web.CurrentSession}. */
@NullMarked
package dev.latchkey.spring.web;

import org.jspecify.annotations.NullMarked;
