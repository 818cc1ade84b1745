import { flat, type MeasuredScript } from './measured';

/** Scripts in German. */
export const GERMAN: readonly MeasuredScript[] = [
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
		name: 'German: compounds',
		language: 'de',
		script: flat(`
			Die Geschwindigkeitsbegrenzung auf der Bundesautobahn gilt während der Straßenbauarbeiten.
			Verkehrsüberwachungseinrichtungen dokumentieren Geschwindigkeitsüberschreitungen automatisch.
		`),
		voices: [['SVOX Pico', 11.17]],
	},
	{
		name: 'German: short words',
		language: 'de',
		script: flat(`
			Ja, das ist es. Sie sind da. Wir gehen mit dir in die Stadt, und du bist bei uns. Es geht so gut, wie es nur gehen
			kann.
		`),
		voices: [['SVOX Pico', 9.39]],
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
	{
		name: 'German: data protection, with abbreviations',
		language: 'de',
		script: flat(`
			Die DSGVO verpflichtet jedes Unternehmen, personenbezogene Daten zu schützen. Verstöße können bis zu 20 Mio. € oder 4
			% des Jahresumsatzes kosten. Prüfen Sie deshalb regelmäßig Ihre Auftragsverarbeitungsverträge und Löschfristen. Unsere
			Datenschutzbeauftragte erreichen Sie unter datenschutz@beispiel.de oder telefonisch zwischen 9 und 16 Uhr. Gemeinsam
			sorgen wir dafür, dass Kundendaten sicher bleiben.
		`),
		voices: [['SVOX Pico', 31.73]],
		isHeldOut: true,
	},
];
