package dev.latchkey.authority.person;

/** What a scripted person does when asked. */
record Manners(
        String userName, String password, AtConsent atConsent, int wrongPasswords, boolean walksAway, String userCode) {
    enum AtConsent {
        ALLOW,
        REFUSE,
        WALK_AWAY
    }

    Manners atConsent(AtConsent choice) {
        return new Manners(userName, password, choice, wrongPasswords, walksAway, userCode);
    }

    Manners wrongPasswords(int times) {
        return new Manners(userName, password, atConsent, times, walksAway, userCode);
    }

    Manners leaving() {
        return new Manners(userName, password, atConsent, wrongPasswords, true, userCode);
    }

    Manners userCode(String code) {
        return new Manners(userName, password, atConsent, wrongPasswords, walksAway, code);
    }

    @Override
    public String toString() {
        return "Manners[" + userName + ", " + atConsent + "]";
    }
}
