/** What an application types. Start at {@link dev.latchkey.PublicClientApplication}. */
package dev.latchkey;
