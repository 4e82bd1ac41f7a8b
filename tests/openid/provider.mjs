// A real OpenID provider (npm's certified oidc-provider) on this machine, until it is stopped:
//   node tests/openid/provider.mjs PORT CLIENT_ID REDIRECT_URI [EMAIL]
//
// It signs everyone in at once as the person with that e-mail address. When it listens it prints its issuer,
// http://127.0.0.1:PORT; PORT 0 takes a free one. The client's secret is "half a secret & a sign". A second client,
// CLIENT_ID followed by "-es256", gets its ID tokens signed by ES256 instead of RS256.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, clientId, redirectUri, email = "jane.smithson@oxford.example"] = process.argv.slice(2);

const privateKey = (type, options, kid) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
});

const client = (id, algorithm) => ({
  client_id: id,
  client_secret: "half a secret & a sign",
  redirect_uris: [redirectUri],
  id_token_signed_response_alg: algorithm,
});

const server = createServer().listen(Number(port), "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [client(clientId, "RS256"), client(`${clientId}-es256`, "ES256")],
  jwks: {
    keys: [
      privateKey("rsa", { modulusLength: 2048 }, "rsa"),
      privateKey("ec", { namedCurve: "P-256" }, "p256"),
    ],
  },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, email, email_verified: true, name: "Jane Smithson" }),
  }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      accountId: ctx.oidc.session.accountId,
      clientId: ctx.oidc.client.clientId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use((ctx, next) =>
  ctx.path.startsWith("/interaction/")
    ? provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: "account-7" } })
    : next(),
);

server.on("request", provider.callback());
console.log(issuer);
