/** The popup path with a real browser: against the local authority's pages and against Keycloak's. */
package dev.latchkey.integration.popup;
