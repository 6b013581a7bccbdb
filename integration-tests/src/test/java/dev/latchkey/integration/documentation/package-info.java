/**
 * Tests of what the documentation shows and names: Java compiles, files exist, and the first program of the README
 * runs. {@link dev.latchkey.integration.documentation.DocumentationTest} describes how blocks are read.
 */
package dev.latchkey.integration.documentation;
