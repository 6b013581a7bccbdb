package dev.latchkey.authority.person;

/** What a scripted person does when asked. */
record PersonScript(
        String userName,
        String password,
        AtConsent atConsent,
        int wrongPasswords,
        boolean walksAway,
        String userCode,
        SelfService selfService) {
    /** What the person uses of a page where people can help themselves, and the name they tell it. */
    record SelfService(String button, String displayName) {
        static final SelfService NONE = new SelfService("", "");
    }

    enum AtConsent {
        ALLOW,
        REFUSE,
        WALK_AWAY
    }

    PersonScript atConsent(AtConsent choice) {
        return new PersonScript(userName, password, choice, wrongPasswords, walksAway, userCode, selfService);
    }

    PersonScript wrongPasswords(int times) {
        return new PersonScript(userName, password, atConsent, times, walksAway, userCode, selfService);
    }

    PersonScript leaving() {
        return new PersonScript(userName, password, atConsent, wrongPasswords, true, userCode, selfService);
    }

    PersonScript userCode(String code) {
        return new PersonScript(userName, password, atConsent, wrongPasswords, walksAway, code, selfService);
    }

    PersonScript selfService(String button, String displayName) {
        SelfService changed = new SelfService(button, displayName);
        return new PersonScript(userName, password, atConsent, wrongPasswords, walksAway, userCode, changed);
    }

    @Override
    public String toString() {
        return "PersonScript[" + userName + ", " + atConsent + "]";
    }
}
