package dev.latchkey.authority.person;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form of a page, read the way a browser without JavaScript would. Reads only what the authority's pages use. */
final class HtmlForm {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"]|\"[^\"]*+\")*+)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]++)(?:=\"([^\"]*+)\")?");

    private final Map<String, String> attributes;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> visible = new LinkedHashSet<>();
    private final Set<String> labelled = new LinkedHashSet<>();
    private final Map<String, Set<String>> buttons = new LinkedHashMap<>();

    private HtmlForm(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    /** The forms of a page, in order. */
    static List<HtmlForm> in(String html) {
        List<HtmlForm> forms = new ArrayList<>();
        HtmlForm open = null;
        Matcher tag = TAG.matcher(html);
        while (tag.find()) {
            boolean closing = !tag.group(1).isEmpty();
            Map<String, String> attributes = attributes(tag.group(3));
            if (tag.group(2).equals("form")) {
                open = closing ? null : new HtmlForm(attributes);
                if (open != null) {
                    forms.add(open);
                }
            } else if (open != null && !closing) {
                open.add(tag.group(2), attributes);
            }
        }
        return forms;
    }

    /** Which page of the authority it is on. */
    String page() {
        return attributes.getOrDefault("data-page", "");
    }

    String action() {
        return attributes.getOrDefault("action", "");
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** What is in the fields now. */
    Map<String, String> values() {
        return values;
    }

    /** Types into a field a person can see and that has a label. */
    HtmlForm type(String field, String text) {
        if (!visible.contains(field) || !labelled.contains(field)) {
            throw new IllegalStateException("the page " + page() + " has no visible, labelled field " + field);
        }
        values.put(field, text);
        return this;
    }

    /** Presses a button. */
    HtmlForm press(String name, String value) {
        if (!buttons.getOrDefault(name, Set.of()).contains(value)) {
            throw new IllegalStateException("the page " + page() + " has no button " + name + "=" + value);
        }
        values.put(name, value);
        return this;
    }

    private void add(String tag, Map<String, String> attributes) {
        String name = attributes.getOrDefault("name", "");
        switch (tag) {
            case "label" -> labelled.add(attributes.getOrDefault("for", ""));
            case "button" ->
                buttons.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(attributes.getOrDefault("value", ""));
            case "input" -> {
                values.put(name, attributes.getOrDefault("value", ""));
                if (!"hidden".equals(attributes.get("type")) && name.equals(attributes.get("id"))) {
                    visible.add(name);
                }
            }
            default -> {
                // Nothing that is sent.
            }
        }
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            String value = attribute.group(2);
            attributes.put(attribute.group(1), value == null ? "" : unescape(value));
        }
        return attributes;
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
