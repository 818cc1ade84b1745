import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { subtitleOf } from '../declare/subtitle';
import { searchBrandGlossaries, searchBrandKits } from '../fields/listSearch/brand';
import { asset } from './asset';
import { brandGlossary } from './brandGlossary';
import { brandKit } from './brandKit';
import { folder } from './folder';

const abilities: Abilities = {
	resources: [asset, brandGlossary, brandKit, folder],
	defaultResource: 'asset',
};

/** Brings files into HeyGen and out of it, and keeps brand kits, glossaries and folders. */
export class HeyGenAsset implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Asset',
		name: 'heyGenAsset',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: subtitleOf(abilities),
		description: 'Upload files to HeyGen, fetch them, and keep brand kits, glossaries and folders',
		defaults: { name: 'HeyGen Asset' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'For files that several videos share, and for brand kits, glossaries and folders. HeyGen Video uploads the files of its own items by itself.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenVideo', relationHint: 'Makes videos of the uploaded files: it takes their asset_id' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		properties: nodeProperties(abilities),
	};

	methods = { listSearch: { searchBrandGlossaries, searchBrandKits } };

	customOperations = customOperations(abilities);
}
