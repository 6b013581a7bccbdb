// Starts oidc-provider on a free loopback port and prints its issuer. Ends with its standard input.
import { createServer } from 'node:http';
import process from 'node:process';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const provider = new Provider(issuer, {
        clients: [
            {
                client_id: 'latchkey-app',
                application_type: 'native',
                token_endpoint_auth_method: 'none',
                grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
                redirect_uris: ['http://127.0.0.1/callback'],
                post_logout_redirect_uris: ['http://127.0.0.1/callback'],
            },
        ],
        claims: {
            openid: ['sub'],
            email: ['email', 'email_verified'],
            profile: ['name', 'preferred_username'],
        },
        findAccount: (context, id) => ({
            accountId: id,
            claims: () => ({
                sub: id,
                name: `${id} of oidc-provider`,
                preferred_username: id,
                email: `${id}@people.example`,
                email_verified: true,
            }),
        }),
        features: { deviceFlow: { enabled: true } },
        cookies: { keys: ['only for tests'] },
        conformIdTokenClaims: false,
        rotateRefreshToken: true,
    });
    const callback = provider.callback();
    server.on('request', (request, response) => {
        // Its pages fetch a font from elsewhere.
        response.setHeader('Content-Security-Policy', "style-src 'none'");
        callback(request, response);
    });
    console.log(`issuer ${issuer}`);
});

process.stdin.on('end', () => process.exit(0)).resume();
