// check_grpc.mjs ADDRESS CLERK_TOKEN CITIZEN_TOKEN PREFIX OTHERS: Issuer's gRPC as @grpc/grpc-js speaks it.
// OTHERS is JSON: the tokens of a signatory and an operator, and the text of a certificate.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, clerk, citizen, prefix, given] = process.argv.slice(2);
const others = JSON.parse(given);

function packageOf(name) {
  const path = fileURLToPath(new URL(`../../openapi/${name}.proto`, import.meta.url));
  return grpc.loadPackageDefinition(loader.loadSync(path, { keepCase: true, longs: Number, enums: String }));
}

const { issuer: { v1 } } = packageOf('issuer');
const { grpc: { health } } = packageOf('health');
const plain = grpc.credentials.createInsecure();
const records = new v1.Records(address, plain);
const certificates = new v1.Certificates(address, plain);
const trustLists = new v1.TrustLists(address, plain);
const healths = new health.v1.Health(address, plain);
const [attestations, worklist, revocations, verification] = ['Attestations', 'Worklist', 'Revocations', 'Verification']
  .map((name) => new v1[name](address, plain));
const clients = [records, certificates, trustLists, healths, attestations, worklist, revocations, verification];

function bearer(token) {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

function record(reference, changes = {}) {
  return {
    reference: `${prefix}-${reference}`, full_name: 'Trần Văn Ba', sex: 'Nam', date_of_birth: '1980-02-03',
    product: 'Vero Cell', lot: 'L1', dose_number: 1, vaccinated_on: '2021-09-01', ...changes,
  };
}

const soon = () => ({ deadline: Date.now() + 600_000 });

// The reply, or the error that the call ended with.
function unary(client, method, message, metadata = new grpc.Metadata()) {
  return new Promise((resolve) => {
    client[method](message, metadata, soon(), (error, reply) => resolve(error ?? reply));
  });
}

function stream(metadata, options, send) {
  return new Promise((resolve) => {
    const call = records.SubmitStream(metadata, options, (error, reply) => resolve(error ?? reply));
    send(call);
  });
}

function check(title, holds) {
  console.log(`${holds ? 'ok' : 'not ok'} - node: ${title}`);
}

const { status } = grpc;

check('health says SERVING', (await unary(healths, 'Check', {})).status === 'SERVING');

const first = await unary(records, 'Submit', record('one'), bearer(clerk));
const again = await unary(records, 'Submit', record('one'), bearer(clerk));
check('a record is accepted once, and sent again it is unchanged',
  first.outcome === 'accepted' && again.outcome === 'unchanged' && first.id === again.id);
const refused = await unary(records, 'Submit', record('bad', { sex: 'X', lot: '\u0007' }), bearer(clerk));
check('a refused record ends with INVALID_ARGUMENT and its faults in the trailers',
  refused.code === status.INVALID_ARGUMENT && refused.metadata.get('issuer-faults-bin')[0]?.includes('lot'));

const summary = await stream(bearer(clerk), soon(), (call) => {
  for (let i = 0; i < 3000; i += 1) {
    call.write(record(`s${i}`, i === 1500 ? { vaccinated_on: 'soon' } : {}));
  }
  call.end();
});
check('a stream of 3,000 is summed, with the refused row',
  summary.received === 3000 && summary.accepted === 2999 && summary.refused_records?.[0]?.index === 1500);

const late = await stream(bearer(clerk), { deadline: Date.now() + 500 }, (call) => call.write(record('late')));
check('a call past its deadline ends with DEADLINE_EXCEEDED', late.code === status.DEADLINE_EXCEEDED);

const cancelled = await stream(bearer(clerk), {}, (call) => {
  call.write(record('cancelled'), () => call.cancel());
});
check('a cancelled stream ends as CANCELLED', cancelled.code === status.CANCELLED);
// Node half-closes the stream before it resets it, so the service may have stored the record just before.
const later = await unary(records, 'Submit', record('cancelled'), bearer(clerk));
const once = await unary(records, 'Submit', record('cancelled'), bearer(clerk));
check('sent again, what was in it is there once',
  ['accepted', 'unchanged'].includes(later.outcome) && once.outcome === 'unchanged' && once.id === later.id);

check('without a token UNAUTHENTICATED',
  (await unary(records, 'Submit', record('x'))).code === status.UNAUTHENTICATED);
check('with a wrong token UNAUTHENTICATED',
  (await unary(records, 'Submit', record('x'), bearer('no.such.token'))).code === status.UNAUTHENTICATED);
check("with a citizen's token PERMISSION_DENIED",
  (await unary(records, 'Submit', record('x'), bearer(citizen))).code === status.PERMISSION_DENIED);

check('a holder gets the current certificate',
  (await unary(certificates, 'GetCurrent', {}, bearer(citizen))).hc1?.startsWith('HC1:'));
check('the trust list is there for everybody', (await unary(trustLists, 'Get', {})).json?.[0] === 0x5b);

const corrected = await unary(
  records, 'Correct', { id: first.id, version: 1, record: record('one', { lot: 'L2' }) }, bearer(clerk),
);
const state = await unary(records, 'GetState', { id: first.id }, bearer(clerk));
check('a correction is the version that its state shows',
  corrected.outcome === 'corrected' && corrected.version === 2 && state.version === 2);
const signed = await unary(attestations, 'Attest', { signatures: ['x.y.z'] }, bearer(others.signatory));
check('a signature that is none is told as that', signed.results?.[0]?.fault === 'malformed-jws');
check('a clerk signs nothing',
  (await unary(attestations, 'ListToAttest', {}, bearer(clerk))).code === status.PERMISSION_DENIED);
const page = await unary(worklist, 'List', { limit: 3 }, bearer(others.operator));
const after = await unary(worklist, 'List', { limit: 3, after: page.next }, bearer(others.operator));
check('the worklist is read piece by piece',
  new Set([...page.items, ...after.items].map((item) => item.record_id)).size === 6);
check('acts that take two people are listed',
  !(await unary(revocations, 'ListActs', {}, bearer(others.operator)) instanceof Error));
check('a certificate that is not there is NOT_FOUND',
  (await unary(revocations, 'Revoke', { certificate_id: '0000000000000', reason: 'fraud' }, bearer(others.operator)))
    .code === status.NOT_FOUND);

const verdicts = await new Promise((resolve) => {
  const seen = [];
  const call = verification.VerifyStream(new grpc.Metadata(), soon());
  call.on('data', (verdict) => seen.push(`${verdict.id} ${verdict.verdict}`));
  call.on('end', () => resolve(seen.join()));
  call.on('error', (error) => resolve(error.message));
  [['good', others.hc1], ['bad', 'HC1:NCF'], ['again', others.hc1]].forEach(([id, hc1]) => call.write({ id, hc1 }));
  call.end();
});
check('a stream of codes comes back judged, in order', verdicts === 'good valid,bad malformed,again valid');

clients.forEach((client) => client.close());
