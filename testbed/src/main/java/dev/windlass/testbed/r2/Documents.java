package dev.windlass.testbed.r2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The two request documents whose content R2 has rules for. */
final class Documents {
    record ListedPart(int number, String etag) {}

    private Documents() {}

    static List<ListedPart> completedParts(byte[] document) {
        List<ListedPart> parts = new ArrayList<>();
        for (Element part : elements(parse(document), "Part")) {
            parts.add(new ListedPart(Integer.parseInt(text(part, "PartNumber")), Storage.unquoted(text(part, "ETag"))));
        }
        return parts;
    }

    static List<String> deletedKeys(byte[] document) {
        return elements(parse(document), "Object").stream()
                .map(object -> text(object, "Key"))
                .toList();
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element element, String name) {
        NodeList nodes = element.getElementsByTagNameNS("*", name);
        if (nodes.getLength() != 1) {
            throw new IllegalArgumentException(nodes.getLength() + " elements " + name);
        }
        return nodes.item(0).getTextContent().strip();
    }

    private static Document parse(byte[] document) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(document));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not a well-formed document", e);
        }
    }
}
