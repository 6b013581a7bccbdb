const lower = (text) => String(text).toLowerCase();

const sameText = (a, b) => a !== undefined && a !== null && lower(a) === lower(b);

const claimsOf = (account) => account.idTokenClaims || {};

const profileOf = (account) => (account.tenantProfiles && account.tenantProfiles.get(account.tenantId)) || {};

/** The tenant at the end of a home account id: everything after its first dot. */
const homeTenantOf = ({ homeAccountId }) => homeAccountId.slice(homeAccountId.indexOf(".") + 1);

const isHome = (account) => {
    const { isHomeTenant } = profileOf(account);
    return isHomeTenant === undefined ? account.tenantId === homeTenantOf(account) : isHomeTenant;
};

/** One rule per member of a filter; other members are ignored. */
const RULES = {
    homeAccountId: (account, value) => account.homeAccountId === value,
    localAccountId: (account, value) => account.localAccountId === value,
    nativeAccountId: (account, value) => account.nativeAccountId === value,
    name: (account, value) => account.name === value,
    sid: (account, value) => claimsOf(account).sid === value,
    isHomeTenant: (account, value) => isHome(account) === value,
    tenantId: (account, value) => sameText(account.tenantId, value),
    environment: (account, value) => sameText(account.environment, value),
    authorityType: (account, value) => sameText(account.authorityType, value),
    realm: (account, value) => sameText(homeTenantOf(account), value),
    upn: (account, value) => sameText(account.upn || claimsOf(account).upn, value),
    username: (account, value) =>
        [account.username, account.upn, claimsOf(account).upn].some((name) => sameText(name, value)),
    loginHint: (account, value) => {
        const { login_hint, preferred_username, upn, emails = [] } = claimsOf(account);
        return [account.loginHint, login_hint, account.username, preferred_username, account.upn, upn]
            .concat(emails)
            .includes(value);
    },
};

const isGiven = (value) => value !== undefined && value !== null && value !== "";

/** The members with content; a filter of empty members matches nothing. */
export const conditions = (filter) =>
    Object.entries(filter || {}).filter(([name, value]) => Object.hasOwn(RULES, name) && isGiven(value));

export const matches = (account, filter) =>
    conditions(filter).every(([name, value]) => RULES[name](account, value));
