// A server that has gone wrong, to see that the clients' tests notice: every position that it sends is one column off,
// every hover has other words. Usage: node broken-server.js SERVER [ARGUMENT…]

const { spawn } = require('node:child_process');

const [command, ...rest] = process.argv.slice(2);
const server = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(server.stdin);
server.on('exit', (code) => process.exit(code ?? 1));

let pending = Buffer.alloc(0);
server.stdout.on('data', (bytes) => {
  pending = Buffer.concat([pending, bytes]);
  for (;;) {
    const headEnd = pending.indexOf('\r\n\r\n');
    const length = /content-length: *(\d+)/i.exec(pending.subarray(0, Math.max(headEnd, 0)).toString());
    if (!length || pending.length < headEnd + 4 + Number(length[1])) return;
    const end = headEnd + 4 + Number(length[1]);
    send(spoil(JSON.parse(pending.subarray(headEnd + 4, end).toString())));
    pending = pending.subarray(end);
  }
});

function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

function spoil(value) {
  if (Array.isArray(value)) return value.map(spoil);
  if (value === null || typeof value !== 'object') return value;
  const spoilt = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'character') spoilt[key] = Math.max(0, inner - 1);
    else if (key === 'contents') spoilt[key] = { kind: 'plaintext', value: 'spoilt' };
    else spoilt[key] = spoil(inner);
  }
  return spoilt;
}
