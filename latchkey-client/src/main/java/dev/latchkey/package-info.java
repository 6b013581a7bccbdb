/** The main API: applications, requests, results and events. Start at {@link dev.latchkey.PublicClientApplication}. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
