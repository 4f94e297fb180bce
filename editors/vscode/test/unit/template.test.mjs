// Which documents count as templates: the same as for the server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { isTemplate, mayBecomeTemplate } from '../../src/template.ts';

const yes = (text, path = '/t.yml') => assert.equal(isTemplate(path, text), true, text);
const no = (text, path = '/t.yml') => assert.equal(isTemplate(path, text), false, text);

test('by the version section', () => {
  yes("ROSTemplateFormatVersion: '2015-09-01'");
  yes("# 网络\n'ROSTemplateFormatVersion' : '2015-09-01'");
  yes('\uFEFFROSTemplateFormatVersion: x');
  yes("{ROSTemplateFormatVersion: '2015-09-01'}");
  yes('{"ROSTemplateFormatVersion":"2015-09-01"}', '/t.json');
  yes('{\r\n  "Description": "网络",\r\n  "ROSTemplateFormatVersion": "2015-09-01"\r\n}', '/t.json');
});

test('by the types of resources', () => {
  yes('Resources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC');
  yes("Resources:\n  Vpc: {Type: 'DATASOURCE::VPC::Vpcs'}");
  yes('{"Resources": {"Vpc": {"Type": "ALIYUN::ECS::VPC"}}}', '/t.json');
  no('Resources:\n  Vpc:\n    Type: AWS::EC2::VPC');
  no('Vpc:\n  Type: ALIYUN::ECS::VPC');
});

test('by the name of the file', () => {
  for (const ending of ['yml', 'yaml', 'json']) {
    yes('', `/shop.ros.${ending}`);
  }
  no('', '/ros.yml');
});

test('the files that all clients are tested with', () => {
  for (const expected of ['yes', 'no']) {
    const folder = join(import.meta.dirname, '..', '..', '..', 'test', 'detection', expected);
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      assert.equal(isTemplate(path, readFileSync(path, 'utf8')), expected === 'yes', `${expected}/${name}`);
    }
  }
});

test('templates of OOS and other files are left alone', () => {
  no('FormatVersion: OOS-2019-06-01\nResources:\n  A:\n    Type: ALIYUN::ECS::VPC');
  no('{"FormatVersion": "OOS-2019-06-01", "Resources": {"A": {"Type": "ALIYUN::ECS::VPC"}}}', '/t.json');
  no('services:\n  web:\n    image: nginx');
  no('text: see ROSTemplateFormatVersion: there');
  no('');
});

test('what may become a template', () => {
  for (const text of ['', '\n', '# 网络\n', 'ros', '# 网络\nROSTem', '{}', '{"ros"}']) {
    assert.equal(mayBecomeTemplate(text), true, text);
  }
  for (const text of ['a', 'ro', 'ros: 1', 'services:\n', '[]', '- ros', 'rose garden', '{"name"}']) {
    assert.equal(mayBecomeTemplate(text), false, text);
  }
});

test('long documents take no longer than they are long', () => {
  const start = performance.now();
  no('{,"\n'.repeat(1_000_000));
  no(' '.repeat(2_000_000));
  mayBecomeTemplate(' '.repeat(2_000_000));
  mayBecomeTemplate(' '.repeat(9_999) + ':');
  assert.ok(performance.now() - start < 1000);
});
