/**
 * What the documentation shows and names, proved: Java compiles, files exist, and the first program of the README runs.
 * {@link dev.latchkey.integration.documentation.DocumentationTest} says how a block is read.
 */
package dev.latchkey.integration.documentation;
