import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsOption } from '../fields/additionalFields';
import { costNotice } from '../fields/cost';
import { optionsField, requestOptionsField } from '../fields/sending';
import { simplifyResultField } from '../fields/simplify';
import { sourceVideoFields } from '../fields/sourceVideo';
import { spendingOptions } from '../fields/spending';
import { optionalWaitOptions, waitForCompletionFields } from '../fields/waiting';
import type { JobKind } from '../heygen/jobs/kind';
import type { PricedKind } from '../heygen/prices/rates';

/** What the creates share whose jobs work on a film there is. */

/** What differs between their parameters. */
interface FilmWork {
	kind: JobKind;
	/** What is paid for. */
	priced: PricedKind;
	/** Members of the Options that only this create has. */
	options: readonly INodeProperties[];
	/** Members of the Request Options. */
	requestOptions: readonly INodeProperties[];
}

/**
 * The parameters of a create that works on a film.
 *
 * @param work what the create is for
 */
export function filmWorkFields({ kind, priced, options, requestOptions }: FilmWork): INodeProperties[] {
	return [
		costNotice(priced, 'video'),
		...sourceVideoFields,
		...waitForCompletionFields(kind),
		simplifyResultField,
		optionsField([...options, additionalFieldsOption, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(requestOptions),
	];
}
