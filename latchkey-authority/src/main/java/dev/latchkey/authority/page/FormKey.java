package dev.latchkey.authority.page;

/** What ties a form to the request it answers and to the browser it was shown in. */
public record FormKey(String flow, String csrf) {
    String fields() {
        return Html.hidden("flow", flow) + Html.hidden("csrf", csrf);
    }

    @Override
    public String toString() {
        return "FormKey[" + flow + "]";
    }
}
