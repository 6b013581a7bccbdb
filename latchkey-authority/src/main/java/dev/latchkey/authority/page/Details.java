package dev.latchkey.authority.page;

import dev.latchkey.authority.http.Params;
import java.util.List;

/** Pages on which people tell something about themselves. */
public enum Details {
    SIGN_UP("sign-up", "Make an account", List.of(Field.USER_NAME, Field.DISPLAY_NAME, Field.NEW_PASSWORD)),
    RESET_PASSWORD("reset-password", "Set a new password", List.of(Field.USER_NAME, Field.NEW_PASSWORD)),
    EDIT_PROFILE("edit-profile", "Edit your profile", List.of(Field.DISPLAY_NAME));

    private final String page;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Field> fields;

    Details(String page, String title, List<Field> fields) {
        this.page = page;
        this.title = title;
        this.fields = fields;
    }

    /** The page's name, and its button's action. */
    public String page() {
        return page;
    }

    String title() {
        return title;
    }

    /**
     * The fields, with what is known already. The first one has the focus.
     *
     * @param attributes of the first, which mistakes are about
     */
    String fields(Params known, String attributes) {
        StringBuilder html = new StringBuilder();
        for (Field field : fields) {
            String value =
                    field == Field.NEW_PASSWORD ? "" : known.get(field.name).orElse("");
            html.append(field.html(value, html.isEmpty() ? attributes + " autofocus" : ""));
        }
        return html.toString();
    }

    private enum Field {
        USER_NAME("username", "User name", "text", "username"),
        DISPLAY_NAME("display_name", "Name", "text", "name"),
        NEW_PASSWORD("password", "New password", "password", "new-password");

        private final String name;
        private final String label;
        private final String type;
        private final String autocomplete;

        Field(String name, String label, String type, String autocomplete) {
            this.name = name;
            this.label = label;
            this.type = type;
            this.autocomplete = autocomplete;
        }

        String html(String value, String attributes) {
            return """
                    <label for="%1$s">%2$s</label>
                    <input id="%1$s" name="%1$s" type="%3$s" autocomplete="%4$s" required value="%5$s"%6$s>
                    """.formatted(name, label, type, autocomplete, Html.escape(value), attributes);
        }
    }
}
