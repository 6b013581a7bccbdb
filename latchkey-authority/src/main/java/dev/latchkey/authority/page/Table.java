package dev.latchkey.authority.page;

import java.util.List;

/** A table of a page; cells are HTML. */
public final class Table {
    private final String caption;
    private final List<String> headings;
    private final StringBuilder rows = new StringBuilder();

    /** @param caption names the table to those who do not see it */
    public Table(String caption, String... headings) {
        this.caption = caption;
        this.headings = List.of(headings);
    }

    /** Adds a row; its first cell names it. */
    public void row(String... cells) {
        rows.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            rows.append(i == 0 ? "<th scope=\"row\">" : "<td>").append(cells[i]).append(i == 0 ? "</th>" : "</td>");
        }
        rows.append("</tr>\n");
    }

    /** The table, or a sentence if it has no rows. */
    public String htmlOr(String nothing) {
        if (rows.isEmpty()) {
            return "<p class=\"empty\">" + Html.escape(nothing) + "</p>\n";
        }
        StringBuilder head = new StringBuilder();
        for (String heading : headings) {
            head.append(heading.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + Html.escape(heading) + "</th>");
        }
        return """
                <div class="table" role="region" aria-label="%s" tabindex="0">
                <table><thead><tr>%s</tr></thead><tbody>
                %s</tbody></table></div>
                """.formatted(Html.escape(caption), head, rows);
    }
}
