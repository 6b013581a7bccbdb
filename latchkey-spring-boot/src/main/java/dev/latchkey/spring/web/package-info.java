/** Who signed in, for code that serves requests: {@link dev.latchkey.spring.web.CurrentSession} is where to start. */
package dev.latchkey.spring.web;
