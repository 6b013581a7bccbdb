/** The rules of this repository as tests: module arrows, module path, published versions, tracked files. */
package dev.latchkey.integration.house;
