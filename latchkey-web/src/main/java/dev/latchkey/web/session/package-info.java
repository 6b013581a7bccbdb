/** What is stored for each browser: {@link dev.latchkey.web.session.Sessions} keeps it in a token store. */
@NullMarked
package dev.latchkey.web.session;

import org.jspecify.annotations.NullMarked;
