// Stands in for Red Hat's YAML extension: starts the language server that it ships, with the setting `yaml.customTags`.
const { createRequire } = require('node:module');
const modules = createRequire(process.env.ROS_LSP_TEST_MODULES + '/');
const { LanguageClient, TransportKind } = modules('vscode-languageclient/node');

let client;

exports.activate = async () => {
  const server = { module: modules.resolve('yaml-language-server/bin/yaml-language-server'), transport: TransportKind.stdio };
  client = new LanguageClient('yaml', 'YAML', server, {
    documentSelector: [{ language: 'yaml' }],
    synchronize: { configurationSection: ['yaml'] },
  });
  await client.start();
};

exports.deactivate = () => client?.stop();
