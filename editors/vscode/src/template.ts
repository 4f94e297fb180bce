// Is this document a ROS template? The same questions as the server asks, put to the text instead of the tree: cheap,
// and only to decide whether to start the server and to show the status. What to report is the server's decision.

export const LANGUAGES = ['yaml', 'json', 'jsonc'];

/** Pages of the workspace's own types: the server reads them while they are typed. */
export const OWN_TYPES = { scheme: 'file', language: 'markdown', pattern: '**/.ros/types/*.md' };

/** Beyond this many characters the service refuses a template anyway; the start of the text decides. */
const LOOK_AT = 600_000;

const NAMES = /\.ros\.(ya?ml|json)$/;
const VERSION = key('ROSTemplateFormatVersion');
/** Templates of OOS share the vocabulary but say `FormatVersion: OOS-…`. */
const OTHER_VERSION = key('FormatVersion');
const RESOURCES = key('Resources');
const TYPE = /(?:^|[\s{,])(["']?)Type\1\s*:\s*["']?(?:ALIYUN|DATASOURCE)::/;

export function isTemplate(path: string, text: string): boolean {
  if (NAMES.test(path)) {
    return true;
  }
  const start = text.length > LOOK_AT ? text.slice(0, LOOK_AT) : text;
  return VERSION.test(start) || (RESOURCES.test(start) && TYPE.test(start) && !OTHER_VERSION.test(start));
}

/** Nothing but blank lines and comments, and at most one word that begins with `ros`. */
export function mayBecomeTemplate(text: string): boolean {
  return text.length < 10_000 && /^\s*\{?\s*["']?(?:ros[\w-]*)?["']?\s*\}?\s*$/i.test(text.replace(/#.*$/gm, ''));
}

/**
 * A key of the outermost mapping: at the start of a line in block style; anywhere behind `{` or `,` with quotes or in
 * flow style, where a text search can't tell the depth.
 */
function key(name: string): RegExp {
  return new RegExp(`^\\uFEFF?(["']?)${name}\\1\\s*:|(?:^|[{,])\\s*"${name}"\\s*:|^\\s*\\{\\s*${name}\\s*:`, 'm');
}
