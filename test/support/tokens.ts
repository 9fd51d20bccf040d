import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** Keys and tokens of issuers other than Duban itself. */

/** As a test writes them, right or wrong. */
export type Claims = Readonly<Record<string, unknown>>;

export type Issuer = {
  readonly kid: string;
  readonly alg: string;
  /** As it stands in the issuer's set. */
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
  /** `claims` over a good set of them; what is undefined there is left out. */
  readonly sign: (claims?: Claims, header?: { readonly alg?: string; readonly kid?: string | undefined }) => Promise<string>;
};

export const newIssuer = async (
  kid: string,
  { alg = 'EdDSA', bits = 2048, now = Date.now }: { readonly alg?: string; readonly bits?: number; readonly now?: () => number } = {},
): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, modulusLength: bits });
  return {
    kid,
    alg,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid },
    sign: async (claims = {}, header = {}) => {
      const iat = Math.floor(now() / 1000);
      const all: Claims = { sub: 'clerk', role: 'office', iat, exp: iat + 60, ...claims };
      const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      return new SignJWT(present)
        .setProtectedHeader({ alg, ...('kid' in header ? {} : { kid }), ...header } as { alg: string })
        .sign(privateKey); // `kid: undefined` is left out as JSON leaves it out
    },
  };
};

export const setOf = (...issuers: readonly Issuer[]): string => JSON.stringify({ keys: issuers.map(({ jwk }) => jwk) });

/** The claims of a token changed, under the signature that it had. */
export const withClaims = (token: string, claims: object): string => {
  const [head = '', , signature = ''] = token.split('.');
  return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
};
