// The injected grammars on top of VS Code's own for YAML and JSON, which VSCODE_EXTENSIONS names the folder of.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';

const require = createRequire(import.meta.url);
const { Registry, parseRawGrammar } = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const here = join(import.meta.dirname, '..', '..');
const builtin = process.env.VSCODE_EXTENSIONS;
const skip = builtin === undefined && 'VSCODE_EXTENSIONS names no folder';
const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Scope → file, of the grammars of VS Code and of ours. */
function files() {
  const found = new Map();
  for (const language of ['yaml', 'json']) {
    const folder = join(builtin, language, 'syntaxes');
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      found.set(JSON.parse(readFileSync(path, 'utf8')).scopeName, path);
    }
  }
  for (const { scopeName, path } of manifest.contributes.grammars) {
    found.set(scopeName, join(here, path));
  }
  return found;
}

async function grammar(scope) {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const paths = files();
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (name) =>
      paths.has(name) ? parseRawGrammar(readFileSync(paths.get(name), 'utf8'), paths.get(name)) : null,
    getInjections: (name) =>
      manifest.contributes.grammars.filter(({ injectTo }) => injectTo.includes(name)).map(({ scopeName }) => scopeName),
  });
  return registry.loadGrammar(scope);
}

/** The pieces of the text that ours names, as `kind: piece`. */
function ours(grammar, text) {
  const found = [];
  let stack = null;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const kind = scopes.findLast((scope) => scope.endsWith('.ros') && !scope.startsWith('meta.'));
      if (kind !== undefined && !kind.startsWith('punctuation')) {
        found.push(`${kind.replace('.ros', '')}: ${line.slice(startIndex, endIndex)}`);
      }
    }
  }
  return found;
}

const CALLS = [
  'entity.name.type.resource: ALIYUN::ECS::VPC',
  'support.function.tag: !Sub',
  'variable.language: ALIYUN::StackName',
  'support.function.intrinsic: Fn::Join',
  'support.function.tag: !Ref',
  'variable.language: ALIYUN::Region',
  'support.function.intrinsic: Ref',
  'variable.other.readwrite: Vpc.VpcId',
];

test('YAML', { skip }, async () => {
  const text = [
    '  Vpc:',
    '    Type: ALIYUN::ECS::VPC',
    '    Properties:',
    '      VpcName: !Sub ${ALIYUN::StackName}-网络',
    "      A: {Fn::Join: ['-', [!Ref 'ALIYUN::Region', {Ref: Name}]]}",
    '      Echo: "网络 ${Vpc.VpcId}"',
  ].join('\n');
  assert.deepEqual(ours(await grammar('source.yaml'), text), CALLS);
});

test('YAML: functions over several lines', { skip }, async () => {
  const text = ['a:', '  Ref: X', 'b:', '  Fn::If:', '  - C', '  - Ref: X', '  - - Fn::GetAtt:', '      - A', '  - !Ref', '    X'].join('\n');
  assert.deepEqual(ours(await grammar('source.yaml'), text), [
    'support.function.intrinsic: Ref',
    'support.function.intrinsic: Fn::If',
    'support.function.intrinsic: Ref',
    'support.function.intrinsic: Fn::GetAtt',
    'support.function.tag: !Ref',
  ]);
});

test('YAML: places where a text goes on', { skip }, async () => {
  const yaml = await grammar('source.yaml');
  assert.deepEqual(ours(yaml, 'UserData: !Sub\n  - |\n    echo ${Greeting}\n    exit\n  - {}'), [
    'support.function.tag: !Sub',
    'variable.other.readwrite: Greeting',
  ]);
  assert.deepEqual(ours(yaml, 'Value: !Sub 网络 ${Vpc} 与 ${!Literal}'), [
    'support.function.tag: !Sub',
    'variable.other.readwrite: Vpc',
    'keyword.operator.literal: !',
    'variable.other.readwrite: Literal',
  ]);
});

test('YAML: what only looks like it', { skip }, async () => {
  const yaml = await grammar('source.yaml');
  assert.deepEqual(ours(yaml, '# !Ref Vpc, ${Vpc}, Fn::Join: []'), []);
  assert.deepEqual(ours(yaml, 'Reference: x\nHref: y\nwait: hi!Ref\nAWS: AWS::EC2::VPC\nother: !Unknown x'), []);
});

test('YAML: words inside texts are no functions', { skip }, async () => {
  const yaml = await grammar('source.yaml');
  assert.deepEqual(ours(yaml, 'text: |\n  Ref: a word\n  use !Ref, or Fn::Join: too\nnext: 1'), []);
  assert.deepEqual(ours(yaml, "text: see !Ref\nother: 'and !Ref x'\nlast: >-\n  Fn::If: []"), []);
});

test('YAML: quotes', { skip }, async () => {
  const yaml = await grammar('source.yaml');
  const text = [
    "'Fn::GetAtt': [Vpc, VpcId]",
    '"Ref": "ALIYUN::Region"',
    "Type: 'DATASOURCE::VPC::Vpcs'",
    '{"Fn::Sub": "网络 ${Vpc}"}',
  ].join('\n');
  assert.deepEqual(ours(yaml, text), [
    'support.function.intrinsic: Fn::GetAtt',
    'support.function.intrinsic: Ref',
    'variable.language: ALIYUN::Region',
    'entity.name.type.resource: DATASOURCE::VPC::Vpcs',
    'support.function.intrinsic: Fn::Sub',
    'variable.other.readwrite: Vpc',
  ]);
});

test('JSON', { skip }, async () => {
  const json = await grammar('source.json');
  const text = [
    '{ "Type": "ALIYUN::ECS::VPC",',
    '  "A": { "Fn::Join": ["-", [{ "Ref": "ALIYUN::Region" }]] },',
    '  "Echo": "网络 ${Vpc.VpcId}", "Reference": "Ref", "Fn::Nothing": 1 }',
  ].join('\n');
  assert.deepEqual(ours(json, text), [
    'entity.name.type.resource: ALIYUN::ECS::VPC',
    'support.function.intrinsic: Fn::Join',
    'support.function.intrinsic: Ref',
    'variable.language: ALIYUN::Region',
    'variable.other.readwrite: Vpc.VpcId',
  ]);
});
