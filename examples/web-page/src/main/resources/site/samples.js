// The calls of the documentation as it prints them; only the surrounding functions are this page's.

export function popupSample(msalInstance, request, InteractionRequiredAuthError) {
    return msalInstance.acquireTokenSilent(request).then(tokenResponse => {
        // Do something with the tokenResponse
        return tokenResponse;
    }).catch(async (error) => {
        if (error instanceof InteractionRequiredAuthError) {
            // fallback to interaction when silent call fails
            return msalInstance.acquireTokenPopup(request);
        }

        // handle other errors
        throw error;
    })
}

export function redirectSample(msalInstance, request, InteractionRequiredAuthError) {
    return msalInstance.acquireTokenSilent(request).then(tokenResponse => {
        // Do something with the tokenResponse
        return tokenResponse;
    }).catch(error => {
        if (error instanceof InteractionRequiredAuthError) {
            // fallback to interaction when silent call fails
            return msalInstance.acquireTokenRedirect(request)
        }

        // handle other errors
        throw error;
    });
}

export function callApi(tokenResponse, graphEndpoint) {
    var headers = new Headers();
    var bearer = "Bearer " + tokenResponse.accessToken;
    headers.append("Authorization", bearer);
    var options = {
            method: "GET",
            headers: headers
    };

    return fetch(graphEndpoint, options)
        .then(resp => {
            //do something with response
            return resp;
        });
}

export async function myAcquireToken(request, world) {
    const { getMsalInstance, myGlobalState, myWaitFor, InteractionRequiredAuthError, InteractionStatus } = world;
    const msalInstance = getMsalInstance(); // get the msal application instance

    const tokenRequest = {
        account: msalInstance.getActiveAccount() || null,
        ...request
    };

    let tokenResponse;

    try {
        // attempt silent acquisition first
        tokenResponse = await msalInstance.acquireTokenSilent(tokenRequest);
    } catch (error) {
        if (!(error instanceof InteractionRequiredAuthError)) {
            throw error;
        }
        // myWaitFor resolves when no interaction is running
        await myWaitFor(() => myGlobalState.getInteractionStatus() === InteractionStatus.None);

        // wait is over
        tokenResponse = await msalInstance.acquireTokenPopup(tokenRequest);
    }

    return tokenResponse;
}
