/** The popup flow in a real browser, with the local authority and with those of other makers. */
package dev.latchkey.integration.popup;
