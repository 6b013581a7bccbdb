package dev.latchkey.integration.documentation;

import dev.latchkey.authority.person.ScriptedPerson;
import java.net.URI;

/** Replaces the system browser and its user. Arguments: user name, password, address. */
final class PersonAtTheBrowser {
    private PersonAtTheBrowser() {}

    public static void main(String[] args) {
        ScriptedPerson.signsIn(args[0], args[1]).visit(URI.create(args[2]));
    }
}
