package dev.latchkey.authority.person;

/** What a scripted person does when asked. */
record Manners(
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

    Manners atConsent(AtConsent choice) {
        return new Manners(userName, password, choice, wrongPasswords, walksAway, userCode, selfService);
    }

    Manners wrongPasswords(int times) {
        return new Manners(userName, password, atConsent, times, walksAway, userCode, selfService);
    }

    Manners leaving() {
        return new Manners(userName, password, atConsent, wrongPasswords, true, userCode, selfService);
    }

    Manners userCode(String code) {
        return new Manners(userName, password, atConsent, wrongPasswords, walksAway, code, selfService);
    }

    Manners selfService(String button, String displayName) {
        SelfService changed = new SelfService(button, displayName);
        return new Manners(userName, password, atConsent, wrongPasswords, walksAway, userCode, changed);
    }

    @Override
    public String toString() {
        return "Manners[" + userName + ", " + atConsent + "]";
    }
}
