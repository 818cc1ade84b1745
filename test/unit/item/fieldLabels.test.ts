import { sentFields } from '../../../nodes/declare/sentFields';
import { EngineError } from '../../../nodes/engine/basics/errors';
import { culpritIndex, refusalOfItem } from '../../../nodes/engine/item/culprit';
import { inEditorsWords } from '../../../nodes/engine/item/fieldLabels';
import { replyError } from '../../../nodes/engine/request/replyErrors';
import { operationCases } from '../support/walk';

/** HeyGen refuses a field by its own name, perhaps deep in a batch; people know the one in the editor. */

function fieldsOf(title: string) {
	const found = operationCases.find((one) => one.title === title);
	if (found === undefined) throw new Error(`There is no operation ${title}`);
	return sentFields(found.properties, found.version);
}

function refusal(param: string | undefined): EngineError {
	return replyError('do it', { statusCode: 400, body: { error: { code: 'invalid_parameter', message: 'It is wrong', param } }, headers: {} });
}

/** The label of the parameter that fills a place of the request. */
const labels = (title: string, place: string) => {
	const leaves = (fields: ReturnType<typeof fieldsOf>['fields']): Array<[string | undefined, string]> =>
		fields.flatMap(({ to, label, nameOf, members = [] }) => nameOf !== undefined ? [] : [[to?.property, label] as [string | undefined, string], ...leaves(members)]);
	return leaves(fieldsOf(title).fields).flatMap(([property, label]) => (property === place ? [label] : []));
};

const CREATE = 'heyGenVideo video:createAvatar';

it.each([
	['avatar_id', 'avatar_id'],
	['voice_settings.speed', 'voice_settings.speed'],
	['engine.type', 'engine.type'],
	['engine.reference_look_id', 'engine.reference_look_id'],
	['caption', 'caption'],
	// HeyGen's caption has parts that no parameter fills.
	['caption.style', 'caption'],
])('a refusal of %s names the parameter that fills it, and keeps HeyGen\'s name in its details', (param, place) => {
	const [label, ...others] = labels(CREATE, place);
	expect([typeof label, others]).toEqual(['string', []]);
	const error = inEditorsWords(refusal(param), fieldsOf(CREATE)) as EngineError;
	expect(error.message).toBe(`Could not do it: It is wrong (field '${label}')`);
	expect(error.details.param).toBe(param);
});

it.each([
	['terms[0].translation', "Terms → 1 → Translation"],
	['terms.1233.term', "Terms → 1,234 → Term"],
	['terms[2]', 'Terms → 3'],
	['terms', 'Terms'],
	['brand_glossary_id', 'Brand Glossary'],
])('a refusal of %s names %s', (param, label) => {
	const error = inEditorsWords(refusal(param), fieldsOf('heyGenAsset brandGlossary:update')) as EngineError;
	expect(error.message).toBe(`Could not do it: It is wrong (field '${label}')`);
});

it.each([
	['scenes[2].input.script', "(Scene 3: 'Script')"],
	['scenes.49.script', "(Scene 50: 'Script')"],
	['scenes[0].input.engine.type', "(Scene 1: 'Animation Engine')"],
	['scenes[0].input.voice_settings.speed', "(Scene 1: 'Speed')"],
	['scenes[1].input.avatar_id', "(Scene 2: 'Avatar')"],
	['scenes[1].duration', "(Scene 2: 'Duration (Seconds)')"],
	['scenes[1].playback.volume', "(Scene 2: 'Volume')"],
	// Several parameters fill it, or none does.
	['scenes[1].input.audio_asset_id', "(Scene 2: 'input.audio_asset_id')"],
	['scenes[1].source.url', "(Scene 2: 'source.url')"],
	['scenes[1].gaze', "(Scene 2: 'gaze')"],
	['scenes[1]', '(Scene 2)'],
	['scenes', "(field 'Scenes')"],
	['aspect_ratio', "(field 'Aspect Ratio')"],
])('a refusal of %s in a studio video says %s', (param, words) => {
	const error = inEditorsWords(refusal(param), fieldsOf('heyGenVideo video:createStudio')) as EngineError;
	expect([error.message, error.details.param]).toEqual([`Could not do it: It is wrong ${words}`, param]);
});

it.each([
	["'Scenes → 3 → Script' is empty", "Scene 3: 'Script' is empty"],
	["'Scenes (JSON) → 12 → Voice Settings → Speed' is empty", "Scene 12: 'Voice Settings → Speed' is empty"],
	["'Scenes → 3' is empty, and 'Scenes → 4 → Image URL' too", "Scene 3 is empty, and Scene 4: 'Image URL' too"],
	["'Scenes (JSON)' is empty", "'Scenes (JSON)' is empty"],
	["'Scenes' may be 'Scenes → many'", "'Scenes' may be 'Scenes → many'"],
	["'Terms → 3 → Term' is empty", "'Terms → 3 → Term' is empty"],
])('%s is told as %s', (message, told) => {
	const error = inEditorsWords(new EngineError(message, message, { param: 'x' }, 'input'), fieldsOf('heyGenVideo video:createStudio')) as EngineError;
	expect([error.message, error.advice, error.details, error.kind]).toEqual([told, told, { param: 'x' }, 'input']);
});

it.each(['nobody_knows', 'videos[3].script', '', undefined])('a refusal of %j is left as it is', (param) => {
	const error = refusal(param);
	expect(inEditorsWords(error, fieldsOf(CREATE))).toBe(error);
});

it('a field that several parameters can fill keeps its name', () => {
	expect(new Set(labels(CREATE, 'audio_asset_id')).size).toBeGreaterThan(1);
	const error = refusal('audio_asset_id');
	expect(inEditorsWords(error, fieldsOf(CREATE))).toBe(error);
});

it('what is no error of the engine is left as it is', () => {
	const error = new TypeError("x (field 'avatar_id')");
	expect(inEditorsWords(error, fieldsOf(CREATE))).toBe(error);
});

it.each<[string, number | undefined, string]>([
	['videos[3].script', 3, "Could not do it: It is wrong (field 'script')"],
	['videos.3.voice_settings.speed', 3, "Could not do it: It is wrong (field 'voice_settings.speed')"],
	['body.videos.12.script', 12, "Could not do it: It is wrong (field 'script')"],
	['videos[3]', 3, 'Could not do it: It is wrong'],
	['videos', undefined, "Could not do it: It is wrong (field 'videos')"],
	['title', undefined, "Could not do it: It is wrong (field 'title')"],
])('a refusal of a batch because of %s tells the item its own field', (param, index, message) => {
	const error = refusal(param);
	expect(culpritIndex(error, 'videos')).toBe(index);
	const told = refusalOfItem(error, 'videos') as EngineError;
	expect([told.message, told.details]).toEqual([message, error.details]);
});
