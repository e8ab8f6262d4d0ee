// check_trust.mjs DIR: what a demo published, through other people's eyes: Node's JWS and JWK, dcc-utils on the JWK set,
// and the DID document's proof by jsonld (JSON-LD and URDNA2015, Digital Bazaar).
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import dccUtils from 'dcc-utils';
import jsonld from 'jsonld';

const directory = process.argv[2];
const published = `${directory}/data/published`;
const shared = process.env.ISSUER_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const contexts = process.env.ISSUER_CONFORMANCE ?? `${shared}/conformance`;
const read = (path) => readFileSync(`${published}/${path}`);
const json = (path) => JSON.parse(read(path));
const sha256 = (data) => createHash('sha256').update(data).digest();
const anchor = new X509Certificate(read('trust-list/anchor.pem'));

function check(title, faults) {
  faults.slice(0, 10).forEach((fault) => console.log(`   ${fault}`));
  console.log(`${faults.length ? 'not ok' : 'ok'} - ${title}`);
}

function isSigned(input, signature, key) {
  return verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function checkStatement() {
  const [header, payload, signature] = read('trust-list/list.jws').toString('ascii').split('.');
  const { x5c } = JSON.parse(Buffer.from(header, 'base64url'));
  const said = JSON.parse(Buffer.from(payload, 'base64url'));
  const faults = [];
  if (!Buffer.from(x5c[0], 'base64').equals(anchor.raw)) faults.push('x5c is not the anchor');
  if (!isSigned(`${header}.${payload}`, Buffer.from(signature, 'base64url'), anchor.publicKey)) faults.push('bad signature');
  if (sha256(read(`trust-list/list-${said.content}.json`)).toString('hex') !== said.content) faults.push('another content');
  check('Node: the anchor signed the list that the statement names', faults);
}

async function checkJwks() {
  const { keys } = json('.well-known/jwks.json');
  const faults = [];
  const known = {};
  for (const jwk of keys) {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const certificate = new X509Certificate(Buffer.from(jwk.x5c[0], 'base64'));
    if (!key.equals(certificate.publicKey)) faults.push(`${jwk.kid}: not the key of its certificate`);
    if (!certificate.verify(new X509Certificate(Buffer.from(jwk.x5c[1], 'base64')).publicKey)) faults.push(`${jwk.kid}: chain`);
    known[jwk.kid] = {
      kid: jwk.kid,
      publicKeyPem: key.export({ type: 'spki', format: 'der' }).toString('base64'),
      publicKeyAlgorithm: jwk.kty === 'EC'
        ? { name: 'ECDSA', namedCurve: jwk.crv, hash: 'SHA-256' } : { name: 'RSA-PSS', hash: 'SHA-256' },
    };
  }
  check(`Node: every key of the JWK set is its certificate's, and the CSCA signed it`, keys.length ? faults : ['none']);
  const lines = readFileSync(`${directory}/certificates.ndjson`, 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  const refused = [];
  for (const line of lines) {
    const dcc = await dccUtils.DCC.fromRaw(line.hc1);
    if (!await dcc.checkSignatureWithKeysList(known)) refused.push(line.kid);
  }
  check(`dcc-utils: verifies all ${lines.length} certificates with the JWK set`, refused);
}

async function checkDid() {
  const files = {
    'https://www.w3.org/ns/did/v1': 'did_v1.json',
    'https://w3id.org/security/suites/jws-2020/v1': 'jws-2020_v1.json',
    'https://smart.who.int/trust/tng-context/v1.jsonld': 'v1.jsonld',
  };
  if (!existsSync(`${contexts}/gdhcn/contexts`)) {
    console.log('note - the JSON-LD contexts are not beside the repository; the DID proof was not checked by jsonld');
    return;
  }
  const documentLoader = async (url) => ({
    documentUrl: url, document: JSON.parse(readFileSync(`${contexts}/gdhcn/contexts/${files[url]}`, 'utf8')),
  });
  const canonical = (node) => jsonld.canonize(
    node, { algorithm: 'URDNA2015', format: 'application/n-quads', documentLoader, safe: false });
  const { proof: { jws, ...options }, ...document } = json('.well-known/did.json');
  const [header, , signature] = jws.split('.');
  const input = Buffer.concat([Buffer.from(`${header}.`),
    sha256(await canonical({ '@context': document['@context'], ...options })), sha256(await canonical(document))]);
  const [{ publicKeyJwk }] = json('trust-anchor/did.json').verificationMethod;
  const key = createPublicKey({ key: publicKeyJwk, format: 'jwk' });
  check('jsonld: the proof of the DID document is that of the key it names, which is the anchor\'s',
    isSigned(input, Buffer.from(signature, 'base64url'), key) && key.equals(anchor.publicKey) ? [] : ['it is not']);
}

checkStatement();
await checkJwks();
await checkDid();
