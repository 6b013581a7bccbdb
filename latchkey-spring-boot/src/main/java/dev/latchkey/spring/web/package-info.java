/** Who signed in, for code that serves requests: {@link dev.latchkey.spring.web.CurrentSession} is where to start. */
@NullMarked
package dev.latchkey.spring.web;

import org.jspecify.annotations.NullMarked;
