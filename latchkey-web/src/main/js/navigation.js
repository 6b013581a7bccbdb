import { page } from "./page.js";

function navigate(url, options) {
    if (options && options.noHistory) {
        page.location.replace(url);
    } else {
        page.location.assign(url);
    }
    return Promise.resolve(true);
}

/** Leaves the page. Replaced by wrappers whose router navigates without a page load. */
export class NavigationClient {
    navigateInternal(url, options) {
        return navigate(url, options);
    }

    navigateExternal(url, options) {
        return navigate(url, options);
    }
}
