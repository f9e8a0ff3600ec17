/* Opens the two kinds of sealed file that Not Yet makes, with the browser's own
 * cryptography and nothing else. JWE in its compact form (RFC 7516), and of RFC 7518:
 *
 *   PBES2-HS512+A256KW  with A256GCM   the owner's key, behind the passphrase
 *   ECDH-ES+A256KW      with A256GCM   the vault, on the curve P-256
 *
 * Every other header is refused. Keys stay in memory and cannot be exported.
 */

const MOST_ITERATIONS = 1_000_000;
const FEWEST_ITERATIONS = 1_000;
const WORD = new TextEncoder();

/* What can go wrong has a name, so that the page can say it in words:
 * "passphrase" it does not fit · "damaged" the file is · "refused" it is none of ours. */
export class JoseError extends Error {
  constructor(kind, message) {
    super(message);
    this.name = "JoseError";
    this.kind = kind;
  }
}

/* --- the two ways in -------------------------------------------------------- */

/* Gives the private key (a JWK as text) that a passphrase locks. */
export async function openWithPassphrase(text, passphrase) {
  const file = read(text);
  expect(file.header, "PBES2-HS512+A256KW", ["alg", "enc", "p2s", "p2c"]);
  const { p2s, p2c } = file.header;
  if (!Number.isInteger(p2c) || p2c < FEWEST_ITERATIONS || p2c > MOST_ITERATIONS) {
    throw new JoseError("refused", "an unusual number of iterations");
  }
  const wrapping = await passphraseKey(passphrase, bytes(p2s), p2c);
  const content = await unwrap(file.key, wrapping, "passphrase");
  return new TextDecoder().decode(await decrypt(file, content));
}

/* Gives the bytes that were sealed for a private key (a JWK as text). */
export async function openWithKey(text, jwk) {
  const file = read(text);
  expect(file.header, "ECDH-ES+A256KW", ["alg", "enc", "epk"]);
  const secret = await agree(file.header.epk, jwk);
  const raw = await concatKdf(secret, "ECDH-ES+A256KW", 256);
  const wrapping = await keyForUnwrapping(raw);
  const content = await unwrap(file.key, wrapping, "damaged");
  return decrypt(file, content);
}

/* --- the file --------------------------------------------------------------- */

function read(text) {
  const parts = text.trim().split(".");
  if (parts.length !== 5 || parts.some((part) => !/^[A-Za-z0-9_-]+$/.test(part))) {
    throw new JoseError("damaged", "not five parts of base64url");
  }
  const [head, key, iv, body, tag] = parts;
  let header;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes(head)));
  } catch {
    throw new JoseError("damaged", "the header cannot be read");
  }
  const file = { header, key: bytes(key), iv: bytes(iv), aad: WORD.encode(head) };
  if (file.iv.length !== 12 || bytes(tag).length !== 16) {
    throw new JoseError("damaged", "a part has the wrong length");
  }
  file.body = joined(bytes(body), bytes(tag));
  return file;
}

/* Accepts the algorithms named at the top, and no header that would change anything. */
function expect(header, alg, names) {
  const known = header !== null && typeof header === "object" && !Array.isArray(header);
  const extra = known ? Object.keys(header).filter((name) => !names.includes(name)) : [];
  if (!known || header.alg !== alg || header.enc !== "A256GCM" || extra.length) {
    throw new JoseError("refused", "an algorithm that is not one of ours");
  }
}

async function decrypt(file, key) {
  const how = { name: "AES-GCM", iv: file.iv, additionalData: file.aad, tagLength: 128 };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, file.body));
  } catch {
    throw new JoseError("damaged", "the content was changed");
  }
}

/* --- keys ------------------------------------------------------------------- */

/* RFC 7518, section 4.8: the salt is the algorithm's name, a zero, and p2s. */
export async function passphraseKey(passphrase, p2s, p2c) {
  const salt = joined(WORD.encode("PBES2-HS512+A256KW"), new Uint8Array(1), p2s);
  const from = await crypto.subtle.importKey(
    "raw", WORD.encode(passphrase), "PBKDF2", false, ["deriveKey"],
  );
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-512", salt, iterations: p2c },
    from, { name: "AES-KW", length: 256 }, false, ["unwrapKey"],
  );
}

export async function agree(epk, jwk) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  try {
    const { kty, crv, x, y } = epk;
    const theirs = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, []);
    const ours = await crypto.subtle.importKey(
      "jwk", JSON.parse(jwk), curve, false, ["deriveBits"],
    );
    const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours, 256);
    return new Uint8Array(bits);
  } catch {
    throw new JoseError("damaged", "the keys do not fit");
  }
}

/* NIST SP 800-56A as RFC 7518, section 4.6.2 uses it, for up to 256 bits. */
export async function concatKdf(secret, alg, bits, apu = new Uint8Array(), apv = new Uint8Array()) {
  const name = WORD.encode(alg);
  const other = [name, apu, apv].flatMap((part) => [uint32(part.length), part]);
  const input = joined(uint32(1), secret, ...other, uint32(bits));
  const hash = await crypto.subtle.digest("SHA-256", input);
  return new Uint8Array(hash).slice(0, bits / 8);
}

export function keyForUnwrapping(raw) {
  return crypto.subtle.importKey("raw", raw, "AES-KW", false, ["unwrapKey"]);
}

/* RFC 3394; it checks itself, so a wrong passphrase shows here. */
export async function unwrap(wrapped, key, kind, how = "AES-GCM", extractable = false) {
  try {
    return await crypto.subtle.unwrapKey(
      "raw", wrapped, key, "AES-KW", how, extractable, ["decrypt"],
    );
  } catch {
    throw new JoseError(kind, "the key inside cannot be opened");
  }
}

/* --- bytes ------------------------------------------------------------------ */

export function bytes(text) {
  try {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  } catch {
    throw new JoseError("damaged", "not base64url");
  }
}

function uint32(number) {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, number);
  return four;
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
