import { flat, type MeasuredScript } from './measured';

/** Scripts in English and German. */
export const GERMANIC: readonly MeasuredScript[] = [
	{
		name: 'English: a greeting that sells',
		language: 'en',
		script: flat(`
			Hi, I'm Anna from Northwind. Are you tired of losing hours to spreadsheets that nobody keeps up to date? Our new
			planner connects your calendar, your inbox and your tasks in one simple view, so your team always knows what comes
			next. Setting it up takes less than five minutes, and you can invite as many colleagues as you like. Try it free for a
			month, and if you don't love it, just walk away. Click the link below and we'll show you around.
		`),
		voices: [
			['SVOX Pico, American', 29.15],
			['SVOX Pico, British', 29.01],
			['RHVoice, SLT', 24.29],
			['RHVoice, BDL', 24.9],
			['RHVoice, CLB', 28.42],
			['RHVoice, Alan', 25.2],
			['Festival, SLT (HTS)', 26.82],
		],
	},
	{
		name: 'English: a first day, with numbers',
		language: 'en',
		script: flat(`
			Welcome to the team! Your first day is Monday, March 2, 2026, and we start at 9:30 in room 14. Please bring your
			passport and a copy of your contract. You will receive a budget of $1,250.50 for your equipment, which you can spend
			in our shop at www.example.com. Lunch is served from 12:00 to 13:30, and 85% of our people eat together. If you have
			questions, write to help@example.com or call extension 4711.
		`),
		voices: [
			['SVOX Pico, American', 42.05],
			['SVOX Pico, British', 43.27],
			['RHVoice, SLT', 32.16],
			['RHVoice, BDL', 32.61],
			['RHVoice, CLB', 36.7],
			['RHVoice, Alan', 32.73],
			['Festival, SLT (HTS)', 34.76],
		],
	},
	{
		name: 'English: a safety briefing',
		language: 'en',
		script: flat(`
			In case of fire, leave the building immediately. Do not use the elevators. Walk, do not run, to the nearest exit, and
			help others if you can do so safely. The assembly point is the parking lot behind building C. Wait there until a
			warden has counted everyone. Never go back inside for your belongings. Fire extinguishers are next to every staircase.
			Use them only if you have been trained, and only if the fire is small.
		`),
		voices: [
			['SVOX Pico, American', 28.31],
			['SVOX Pico, British', 29.19],
			['RHVoice, SLT', 24.83],
			['RHVoice, BDL', 25.16],
			['RHVoice, CLB', 28.45],
			['RHVoice, Alan', 24.99],
			['Festival, SLT (HTS)', 26.06],
		],
	},
	{
		name: 'English: news',
		language: 'en',
		script: flat(`
			The city council has approved plans for a new railway station in the harbour district. Construction is expected to
			begin next spring and will take about four years. The project includes two platforms, a covered square with shops, and
			parking for more than three thousand bicycles. Residents had criticised earlier drafts because of noise and heavy
			traffic. According to the mayor, these concerns have been addressed, and trains will run underground for the last
			kilometre before the station.
		`),
		voices: [
			['SVOX Pico, American', 30.23],
			['SVOX Pico, British', 29.99],
			['RHVoice, SLT', 26.78],
			['RHVoice, BDL', 26.97],
			['RHVoice, CLB', 31.18],
			['RHVoice, Alan', 27.78],
			['Festival, SLT (HTS)', 29.59],
		],
	},
	{
		name: 'English: a lesson in SSML',
		language: 'en',
		script: flat(`
			<speak><p><s>Welcome back to our course on data protection.</s> <break time="1.5s"/> <s>In this lesson you will learn
			three simple rules.</s></p> <p><prosody rate="80%">Rule number one: never share your password.</prosody> <break
			time="800ms"/> Rule number two: lock your screen whenever you leave your desk. <break time="800ms"/> Rule number
			three: report every suspicious message to the <sub alias="security team">SecOps</sub>. <!-- quiz follows --></p>
			<p>Are you ready for a short quiz? <break time="2s"/> Let us begin with question number 1.</p></speak>
		`),
		voices: [['SVOX Pico, American', 27.12], ['SVOX Pico, British', 27.1]],
	},
	{
		name: 'English: Shakespeare\'s first sonnet',
		language: 'en',
		script: flat(`
			From fairest creatures we desire increase, That thereby beauty's rose might never die, But as the riper should by time
			decease, His tender heir might bear his memory: But thou contracted to thine own bright eyes, Feed'st thy light's
			flame with self-substantial fuel, Making a famine where abundance lies, Thy self thy foe, to thy sweet self too cruel:
			Thou that art now the world's fresh ornament, And only herald to the gaudy spring, Within thine own bud buriest thy
			content, And tender churl mak'st waste in niggarding: Pity the world, or else this glutton be, To eat the world's due,
			by the grave and thee.
		`),
		voices: [['LibriVox reader', 51.71]],
	},
	{
		name: 'English: a product update, with numbers',
		language: 'en',
		script: flat(`
			Let's look at the 3 biggest changes in version 4.2. First, the dashboard now loads in under 2 seconds, even with
			50,000 rows. Second, you can export every report as PDF or CSV with a single click. And third, our new API lets your
			developers connect the CRM you already use, 24/7. The update is free for all customers until December 31, 2026; after
			that, it costs $19.99 per month. See you in the release notes!
		`),
		voices: [
			['SVOX Pico, American', 34.57],
			['SVOX Pico, British', 35.81],
			['RHVoice, SLT', 29.45],
			['RHVoice, BDL', 30.24],
			['RHVoice, CLB', 33.86],
			['RHVoice, Alan', 30.1],
			['Festival, SLT (HTS)', 32.43],
		],
		isHeldOut: true,
	},
	{
		name: 'German: a greeting that sells',
		language: 'de',
		script: flat(`
			Guten Tag und herzlich willkommen bei Nordlicht Energie. Möchten Sie Ihre Stromkosten senken und gleichzeitig etwas
			für die Umwelt tun? Mit unserer neuen Solaranlage erzeugen Sie Ihren Strom einfach selbst. Wir beraten Sie kostenlos,
			kümmern uns um alle Genehmigungen und montieren die Anlage innerhalb weniger Wochen. Auf Wunsch erhalten Sie einen
			Speicher dazu, damit Sie auch abends unabhängig sind. Vereinbaren Sie noch heute einen Termin. Wir freuen uns auf Sie.
		`),
		voices: [['SVOX Pico', 31.24]],
	},
	{
		name: 'German: a first day, with numbers',
		language: 'de',
		script: flat(`
			Willkommen im Unternehmen! Ihr erster Arbeitstag ist der 2. März 2026. Bitte melden Sie sich um 9:30 Uhr am Empfang im
			Erdgeschoss. Für Ihre Arbeitsplatzausstattung steht Ihnen ein Betrag von 1.250,50 € zur Verfügung. Die
			Datenschutzgrundverordnung, kurz DSGVO, gilt für alle Kundendaten. Nehmen Sie deshalb bis zum 15. April an der
			Sicherheitsunterweisung teil. 85 % der Beschäftigten haben sie bereits abgeschlossen. Fragen beantwortet die
			Personalabteilung unter personal@beispiel.de.
		`),
		voices: [['SVOX Pico', 41.05]],
	},
	{
		name: 'German: a safety briefing',
		language: 'de',
		script: flat(`
			Bevor Sie die Maschine einschalten, prüfen Sie die Schutzeinrichtungen. Tragen Sie Sicherheitsschuhe, Gehörschutz und
			eine Schutzbrille. Greifen Sie niemals in laufende Förderbänder. Bei Störungen drücken Sie sofort den roten
			Notausschalter und verständigen Sie die Schichtleitung. Reinigungsarbeiten dürfen nur bei ausgeschalteter Anlage
			durchgeführt werden. Melden Sie beschädigte Kabel und fehlende Abdeckungen umgehend, auch wenn die Maschine noch
			funktioniert.
		`),
		voices: [['SVOX Pico', 28.81]],
	},
	{
		name: 'German: a lesson in SSML',
		language: 'de',
		script: flat(`
			<speak><p>Herzlich willkommen zur Schulung über Arbeitsschutz. <break time="1s"/> Wir beginnen mit drei einfachen
			Regeln.</p> <p><prosody rate="80%">Erstens: Tragen Sie immer Ihre Schutzbrille.</prosody> <break time="800ms"/>
			Zweitens: Halten Sie die Fluchtwege frei. <break time="800ms"/> Drittens: Melden Sie jeden Unfall, auch den kleinsten,
			sofort Ihrer Führungskraft.</p> <p>Haben Sie alles verstanden? <break time="2s"/> Dann folgen jetzt 5 kurze
			Fragen.</p></speak>
		`),
		voices: [['SVOX Pico', 27.37]],
	},
	{
		name: 'German: the title page of Simplicissimus',
		language: 'de',
		script: flat(`
			Hans Jakob Christoffel von Grimmelshausen Der abenteuerliche Simplicissimus Ganz neu eingerichteter allenthalben viel
			verbesserter Abenteurlicher Simplicius Simplicissimus Das ist: Ausführliche, unerdichtete und recht memorable
			Lebensbeschreibung Eines einfältigen, wunderlichen und seltsamen Vaganten, namens Melchior Sternfels von Fuchshaim,
			wie, wo, wann, auch welcher Gestalt er nämlich in diese Welt gekommen, wie er sich darinnen verhalten, was er Merk-
			und Denkwürdiges gesehen, gelernet, gepraktizieret und hin und wieder mit vielfältiger Leibs- und Lebensgefahr
			ausgestanden, auch warum er endlich solche wiederum freiwillig und ungezwungen verlassen habe. Annehmlich, erfreulich
			und lustig zu lesen, Wie auch sehr nützlich und nachdenklich zu betrachten. Es hat mir so wollen behagen, Mit Lachen
			die Wahrheit zu sagen.
		`),
		voices: [['LibriVox reader', 67.96]],
	},
	{
		name: 'German: a training with compounds',
		language: 'de',
		script: flat(`
			In dieser Lektion lernen Sie, wie Sie eine Reisekostenabrechnung erstellen. Öffnen Sie zuerst das Mitarbeiterportal
			und wählen Sie im Menü den Punkt Abrechnungen. Geben Sie Ziel, Dauer und Anlass der Reise ein. Laden Sie danach alle
			Belege hoch; fehlende Quittungen müssen begründet werden. Die Kilometerpauschale beträgt 0,30 € pro Kilometer. Nach
			der Freigabe durch Ihre Vorgesetzten wird der Betrag innerhalb von 14 Tagen überwiesen.
		`),
		voices: [['SVOX Pico', 29.04]],
		isHeldOut: true,
	},
];
