import { flat, joined, type MeasuredScript } from './measured';

/** Scripts in Slavic languages, Finnish, Japanese and Chinese. */
export const OTHERS: readonly MeasuredScript[] = [
	{
		name: 'Polish: a greeting that sells',
		language: 'pl',
		script: flat(`
			Dzień dobry i witamy w naszym sklepie. Czy wiesz, że możesz zamówić świeże pieczywo prosto do domu? Codziennie rano
			wypiekamy chleb i bułki według starych przepisów, a nasi kierowcy dostarczają je jeszcze przed śniadaniem. Wystarczy
			wybrać produkty w aplikacji, podać adres i godzinę dostawy. Pierwsze zamówienie jest za darmo, a z subskrypcji możesz
			zrezygnować w każdej chwili. Dołącz do tysięcy zadowolonych klientów i zacznij dzień od dobrego smaku.
		`),
		voices: [['RHVoice, Magda', 26.88], ['RHVoice, Natan', 28.78]],
	},
	{
		name: 'Polish: a safety briefing',
		language: 'pl',
		script: flat(`
			W razie pożaru natychmiast opuść budynek. Nie korzystaj z windy. Zamknij za sobą drzwi, ale nie przekręcaj klucza.
			Jeśli na korytarzu jest dym, idź nisko, blisko podłogi. Miejsce zbiórki znajduje się na parkingu za głównym wejściem.
			Czekaj tam, aż wszyscy zostaną policzeni, i nie wracaj po swoje rzeczy.
		`),
		voices: [['RHVoice, Magda', 18.29], ['RHVoice, Natan', 19.93]],
		isHeldOut: true,
	},
	{
		name: 'Czech: a greeting that sells',
		language: 'cs',
		script: flat(`
			Dobrý den a vítejte v naší kavárně. Víte, že si můžete objednat čerstvou kávu přímo do kanceláře? Každé ráno pražíme
			zrna z malých farem a rozvážíme je po celém městě. Stačí vybrat velikost balení, den doručení a způsob platby.
			Předplatné můžete kdykoli zrušit a první zásilku dostanete zdarma. Přidejte se k tisícům spokojených zákazníků a
			začněte den s dobrou náladou.
		`),
		voices: [['Festival, Czech PH', 27.27]],
	},
	{
		name: 'Russian: a first day',
		language: 'ru',
		script: flat(`
			Добро пожаловать в нашу компанию! Сегодня вы познакомитесь с коллегами, получите пропуск и настроите рабочее место.
			Все документы находятся в общей папке, а ответы на частые вопросы собраны на внутреннем портале. В первую неделю вам
			поможет наставник: не стесняйтесь спрашивать его обо всём. Обед начинается в час дня, столовая находится на первом
			этаже. В пятницу мы встретимся с вами ещё раз и обсудим ваши впечатления и планы на первый месяц.
		`),
		voices: [['RHVoice, Anna', 25.72], ['RHVoice, Elena', 26.79], ['RHVoice, Aleksandr', 35.78]],
	},
	{
		name: 'Russian: numbers',
		language: 'ru',
		script: flat(`
			В 2026 году мы открыли 14 магазинов и продали 125 000 товаров. Скидка 15 % действует до 31 декабря. Звоните с 9:00 до
			18:30.
		`),
		voices: [['RHVoice, Anna', 11.58], ['RHVoice, Elena', 12.05], ['RHVoice, Aleksandr', 16.02]],
	},
	{
		name: 'Russian: a greeting that sells',
		language: 'ru',
		script: flat(`
			Здравствуйте! Хотите выучить иностранный язык и не тратить часы на дорогу? Наши преподаватели занимаются с вами дома,
			в офисе или даже в парке, когда вам удобно. Уроки длятся двадцать пять минут, а программа подстраивается под ваш
			уровень. Каждую неделю вы видите, чему научились. Первое занятие бесплатно. Выберите язык, оставьте номер телефона, и
			мы перезвоним вам сегодня.
		`),
		voices: [['RHVoice, Anna', 22.09], ['RHVoice, Elena', 22.81], ['RHVoice, Aleksandr', 31.01]],
		isHeldOut: true,
	},
	{
		name: 'Ukrainian: news',
		language: 'uk',
		script: flat(`
			Міська рада схвалила план будівництва нового вокзалу біля порту. Роботи почнуться навесні й триватимуть близько
			чотирьох років. Проєкт передбачає дві платформи, критий майдан із крамницями та стоянку для трьох тисяч велосипедів.
			Мешканці раніше критикували шум і рух вантажівок. За словами мера, ці зауваження враховано, і потяги їхатимуть під
			землею останній кілометр перед вокзалом.
		`),
		voices: [['RHVoice, Natalia', 24.19], ['RHVoice, Volodymyr', 28.96], ['RHVoice, Anatol', 28.53]],
	},
	{
		name: 'Ukrainian: a greeting that sells',
		language: 'uk',
		script: flat(`
			Добрий день і ласкаво просимо до нашої крамниці! Чи знаєте ви, що свіжий хліб можна замовити просто додому? Щоранку ми
			печемо за старими рецептами, а наші водії привозять замовлення ще до сніданку. Оберіть продукти в застосунку, вкажіть
			адресу та зручний час. Перше замовлення безкоштовне, а підписку можна скасувати будь-коли.
		`),
		voices: [['RHVoice, Natalia', 21.27], ['RHVoice, Volodymyr', 25.24], ['RHVoice, Anatol', 25.17]],
		isHeldOut: true,
	},
	{
		name: 'Finnish: a greeting that sells',
		language: 'fi',
		script: flat(`
			Tervetuloa tutustumaan uuteen palveluumme. Haluatko säästää aikaa ja rahaa kodin lämmityksessä? Asiantuntijamme
			suunnittelevat juuri sinun talollesi sopivan ratkaisun, hoitavat asennuksen ja huoltavat laitteet vuosittain. Voit
			seurata energiankulutusta puhelimella ja säätää lämpötilaa mistä tahansa. Useimmat asiakkaamme säästävät jo
			ensimmäisen talven aikana. Varaa maksuton arviointikäynti verkkosivuiltamme, niin kerromme lisää.
		`),
		voices: [['Festival, Suopuhe LJ', 27.72]],
	},
	{
		name: 'Finnish: long words',
		language: 'fi',
		script: flat(`
			Yhteistyökumppanuussopimusten allekirjoittamisesta päätetään kaupunginvaltuuston kokouksessa.
			Lentokonesuihkuturbiinimoottorien apumekaanikot osallistuvat täydennyskoulutukseen.
		`),
		voices: [['Festival, Suopuhe LJ', 11.57]],
	},
	{
		name: 'Finnish: a safety briefing',
		language: 'fi',
		script: flat(`
			Tulipalon sattuessa poistu rakennuksesta välittömästi. Älä käytä hissiä. Sulje ovet perässäsi, mutta älä lukitse
			niitä. Jos käytävässä on savua, kulje matalana lähellä lattiaa. Kokoontumispaikka on pysäköintialueella
			pääsisäänkäynnin takana. Odota siellä, kunnes kaikki on laskettu, äläkä palaa sisään hakemaan tavaroitasi.
		`),
		voices: [['Festival, Suopuhe LJ', 21.29]],
		isHeldOut: true,
	},
	{
		name: 'Japanese: a greeting that sells',
		language: 'ja',
		script: joined(`
			こんにちは、株式会社みらいの田中です。毎日の会議や資料作りに時間を取られていませんか。私たちの新しいサービスを
			使えば、予定の調整から議事録の作成まで、すべて自動でできます。導入はとても簡単で、特別な知識は必要ありません。
			今なら最初の一か月は無料でお試しいただけます。ぜひこの機会に、チームの働き方を変えてみませんか。詳しくは下のリ
			ンクからご覧ください。
		`),
		voices: [['Open JTalk, NITech M001', 30.65]],
	},
	{
		name: 'Japanese: a first day, with numbers',
		language: 'ja',
		script: joined(`
			入社おめでとうございます。初日は2026年3月2日の月曜日で、午前9時30分に14階の受付へお越しください。備
			品の予算は一人あたり125,000円です。お昼の時間は12時から13時までで、社員の85%が食堂を利用していま
			す。わからないことがあれば、先輩や人事部の担当者に遠慮なく質問してください。
		`),
		voices: [['Open JTalk, NITech M001', 28.52]],
	},
	{
		name: 'Japanese: a safety briefing',
		language: 'ja',
		script: joined(`
			火災が発生したときは、落ち着いて行動してください。エレベーターは使わず、近くの階段で外へ避難します。煙が多い場
			合は、姿勢を低くして、口と鼻をハンカチで覆ってください。集合場所は正面玄関の駐車場です。全員の確認が終わるまで
			、建物の中へ戻ってはいけません。消火器は各階の階段の横にあります。使い方の訓練を受けた人だけが使用してください
			。
		`),
		voices: [['Open JTalk, NITech M001', 29.15]],
	},
	{
		name: 'Japanese: kana only',
		language: 'ja',
		script: joined(`
			おはようございます。きょうはとてもいいてんきですね。みなさん、いっしょにさんぽにいきませんか。たのしいいちにち
			になるといいですね。
		`),
		voices: [['Open JTalk, NITech M001', 8.76]],
	},
	{
		name: 'Japanese: borrowed words',
		language: 'ja',
		script: joined(`
			プロジェクトマネージャーはスケジュールとコミュニケーションをコントロールし、チームメンバーのパフォーマンスをサ
			ポートします。
		`),
		voices: [['Open JTalk, NITech M001', 6.95]],
	},
	{
		name: 'Japanese: officialese',
		language: 'ja',
		script: joined(`
			国土交通省関東地方整備局は、首都高速道路改修工事計画を発表した。工事期間中、周辺道路交通規制が実施予定。
		`),
		voices: [['Open JTalk, NITech M001', 10.33]],
	},
	{
		name: 'Japanese: a product update, with numbers',
		language: 'ja',
		script: joined(`
			今回の更新では、三つの新しい機能をご紹介します。一つ目は、画面の表示が2秒以内になりました。二つ目は、すべての
			報告書をPDFで保存できるようになりました。三つ目は、お使いの顧客管理システムと簡単に連携できます。料金は月額
			1,980円で、12月31日までは無料です。皆さまのご意見をお待ちしております。
		`),
		voices: [['Open JTalk, NITech M001', 27.29]],
		isHeldOut: true,
	},
	{
		name: 'Japanese: news',
		language: 'ja',
		script: joined(`
			市議会は、港の近くに新しい駅を建設する計画を承認しました。工事は来年の春に始まり、完成までに約四年かかる見込み
			です。計画には二つのホームと、店が並ぶ屋根つきの広場、三千台分の駐輪場が含まれています。住民からは騒音や交通量
			を心配する声が上がっていましたが、市長は、駅の手前の一キロは地下を走ると説明しました。
		`),
		voices: [['Open JTalk, NITech M001', 35.8]],
		isHeldOut: true,
	},
	{
		name: 'Chinese: the tongue twister of Xiao Du',
		language: 'zh',
		script: joined(`
			有个小孩叫小杜，上街打醋又买布。买了布打了醋，回头看见鹰抓兔。放下布搁下醋，上前去追鹰和兔。飞了鹰跑了兔，洒了
			醋湿了布。
		`),
		voices: [['FastSpeech 2, step 300,000', 12.5], ['FastSpeech 2, step 500,000', 12.33]],
	},
	{
		name: 'Chinese: the tongue twister of the fertilizer',
		language: 'zh',
		script: joined(`
			黑化肥发灰会挥发，灰化肥挥发会发黑。
		`),
		voices: [['FastSpeech 2, step 300,000', 3.57], ['FastSpeech 2, step 500,000', 3.58]],
	},
];
