/** Web pages in a real browser: the documentation's samples as printed, on the example's page. */
package dev.latchkey.integration.web;
