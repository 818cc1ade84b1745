import { languageName, scriptLanguage } from '../../../../nodes/heygen/cast/scriptLanguage';

it.each([
	['en', 'Welcome to the new store. You can find all of our products in one place, and we ship them for free.'],
	['de', 'Willkommen im neuen Laden. Sie finden alle Produkte an einem Ort, und wir liefern sie auch ohne Kosten für Sie.'],
	['fr', 'Bienvenue dans notre boutique. Vous trouvez tous les produits et nous les livrons sans frais pour vous.'],
	['es', 'Bienvenidos a la nueva tienda. Usted encuentra todos los productos y es más fácil que nunca con la aplicación.'],
	['pt', 'Bem-vindo à nova loja. Você encontra todos os produtos em um só lugar e não paga mais pelo envio do seu pedido.'],
	['it', 'Benvenuti nel nostro negozio. Questo è il luogo in cui sono tutti i prodotti, e non si paga per la consegna.'],
	['nl', 'Welkom in onze winkel. Je vindt het hele aanbod op een plek en wij leveren ook voor een klein bedrag van de dag.'],
	['ja', '新しいお店へようこそ。すべての商品がここにあります。'],
	['zh', '欢迎来到我们的新商店，所有商品都在这里。'],
	['ko', '새 가게에 오신 것을 환영합니다.'],
	['el', 'Καλώς ήρθατε στο νέο μας κατάστημα.'],
	['th', 'ยินดีต้อนรับสู่ร้านใหม่ของเรา'],
	['de', '<speak>Das ist <break time="1s"/> der neue Laden, und wir sind für Sie da, mit allen Produkten.</speak>'],
])('tells %s', (language, script) => {
	expect(scriptLanguage(script)).toBe(language);
});

it.each([
	['nothing', ''],
	['digits and signs', '123 456 – 7.8!'],
	['a name', 'Ada Lovelace'],
	['too few words', 'Hi Ada, the order is here.'],
	['words of no language', 'Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor'],
	['two languages', 'Das ist der neue Laden und wir sind da. Welcome to the new store and you are here with us.'],
	['Cyrillic letters, which several languages have', 'Добро пожаловать в наш новый магазин'],
	['Arabic letters', 'مرحبا بكم في متجرنا الجديد'],
	['a list of products', 'Nike Air Max Adidas Superstar Puma Suede Asics Gel Reebok Club Converse Chuck Vans Old'],
	['only tags', '<speak><break time="1s"/></speak>'],
])('does not guess at %s', (_what, script) => {
	expect(scriptLanguage(script)).toBeUndefined();
});

it('reads the beginning of a very long script', () => {
	const started = 'Das ist der Laden und wir sind für Sie da. '.repeat(50_000);
	expect(scriptLanguage(started)).toBe('de');
	expect(scriptLanguage('<'.repeat(100_000))).toBeUndefined();
});

it('names languages', () => {
	expect(['de', 'ja', 'yue', 'nb'].map(languageName)).toEqual(['German', 'Japanese', 'Cantonese', 'Norwegian Bokmål']);
});
