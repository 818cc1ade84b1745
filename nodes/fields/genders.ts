import type { INodePropertyOptions } from 'n8n-workflow';

/** Whose voice it is. */
export const GENDERS: INodePropertyOptions[] = [
	{ name: 'Female', value: 'female' },
	{ name: 'Male', value: 'male' },
];
