package dev.latchkey.integration.house;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A POM of this repository as written, without inheritance. */
public record Pom(Document document) {

    public static Pom parent() {
        return of(Path.of("pom.xml"));
    }

    public static Pom of(Path file) {
        try {
            return new Pom(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Checkout.root().resolve(file).toFile()));
        } catch (Exception e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    /** The text at an XPath; empty if there is none. */
    public String text(String path) {
        return texts(path).stream().findFirst().orElse("");
    }

    public List<String> texts(String path) {
        try {
            NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> found.item(i).getTextContent().strip())
                    .toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
