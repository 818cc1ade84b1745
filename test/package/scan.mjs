// Lints a folder as n8n's scanner of community packages does, without download and provenance: same files, same
// rules, inline disables off. Usage: node scan.mjs source|package <folder>; prints {passed, files, findings} as JSON.
import path from 'node:path';
import { ESLint } from 'eslint';
import {
	analyzePackage,
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

/** What the scanner looks at in the attested source, and in the published package. */
const PATTERNS = { source: SOURCE_FILE_PATTERNS, package: ['**/*.js', 'package.json'] };

const [leg, target] = process.argv.slice(2);
const patterns = PATTERNS[leg];
if (patterns === undefined || target === undefined) throw new Error('Usage: scan.mjs source|package <folder>');
const folder = path.resolve(target);

const { passed } = await analyzePackage(folder, patterns);

// The scanner tells errors only; the same lint once more, for the warnings.
const eslint = new ESLint({
	cwd: folder,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const results = await eslint.lintFiles(patterns);
const findings = results.flatMap(({ filePath, messages }) =>
	messages.map(({ severity, ruleId, line, message }) => {
		const level = severity === 2 ? 'error' : 'warning';
		return `${level} ${ruleId ?? 'parser'} ${path.relative(folder, filePath)}:${line} ${message}`;
	}),
);
console.log(JSON.stringify({ passed, files: results.length, findings }));
