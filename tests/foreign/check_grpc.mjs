// check_grpc.mjs ADDRESS CLERK_TOKEN CITIZEN_TOKEN PREFIX: Issuer's gRPC as @grpc/grpc-js speaks it.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [address, clerk, citizen, prefix] = process.argv.slice(2);

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

[records, certificates, trustLists, healths].forEach((client) => client.close());
