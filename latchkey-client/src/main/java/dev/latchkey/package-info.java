/** What an application types. Start at {@link dev.latchkey.PublicClientApplication}. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
