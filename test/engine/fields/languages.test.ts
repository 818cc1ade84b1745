/** The list of languages in the editor. */
import { NodeApiError } from 'n8n-workflow';

import { HeyGenTranslation } from '../../../nodes/HeyGenTranslation/HeyGenTranslation.node';
import { loadOptionsContext } from '../support/harness';
import { useSandbox, useTiming } from '../support/support';
import { TWELVE, translationRun } from '../support/translationSupport';

useTiming();
const sandbox = useSandbox();

/** Asks for the list as the editor does. */
async function languages(): Promise<unknown[]> {
	const choices = await new HeyGenTranslation().methods.loadOptions.getOutputLanguages.call(loadOptionsContext(translationRun(sandbox(), 'translation', 'create')));
	return choices.map(({ value }) => value);
}

it("is HeyGen's own, by name", async () => {
	const listed = await languages();
	expect(listed).toEqual(expect.arrayContaining(TWELVE));
	expect(listed).toEqual([...listed].sort((a, b) => String(a).localeCompare(String(b))));
});

// Of n8n's own API error the editor shows "[object Object]" in place of a drop-down list.
it('cannot be read with a wrong key, which is said in an error that the editor has words for', async () => {
	sandbox().configure({ revokedKeys: [sandbox().apiKey] });
	const reason = await languages().catch((error: unknown) => error);
	expect(reason).toMatchObject({ message: expect.stringMatching(/^Could not list the languages: The API key is missing or not valid/) as string });
	expect(reason).not.toBeInstanceOf(NodeApiError);
});
