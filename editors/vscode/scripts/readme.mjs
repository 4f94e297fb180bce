// The page inside the package, dist/README.md: README.md without its pictures, which need an address on the web.
// A release that has one packs README.md itself (`--readme-path README.md --baseImagesUrl …`).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const page = readFileSync('README.md', 'utf8').replace(/^!\[[^\]]*\]\(images\/[^)]*\)\n\n/gm, '');
mkdirSync('dist', { recursive: true });
writeFileSync('dist/README.md', page);
