/** The popup flow in a real browser, with the local authority and with Keycloak. */
package dev.latchkey.integration.popup;
