import { flat, unindented, type MeasuredScript } from './measured';

/** Scripts in English. */
export const ENGLISH: readonly MeasuredScript[] = [
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
		script: unindented(`
			From fairest creatures we desire increase,
			That thereby beauty's rose might never die,
			But as the riper should by time decease,
			His tender heir might bear his memory:
			But thou contracted to thine own bright eyes,
			Feed'st thy light's flame with self-substantial fuel,
			Making a famine where abundance lies,
			Thy self thy foe, to thy sweet self too cruel:
			Thou that art now the world's fresh ornament,
			And only herald to the gaudy spring,
			Within thine own bud buriest thy content,
			And tender churl mak'st waste in niggarding:
			Pity the world, or else this glutton be,
			To eat the world's due, by the grave and thee.
		`),
		voices: [['LibriVox reader', 51.71]],
	},
	{
		name: 'English: ten short sentences',
		language: 'en',
		script: flat(`
			Hi. Welcome. Let's go. Open the app. Click on start. Enter your name. That's it. Easy, right? Now try it. Good luck!
		`),
		voices: [
			['SVOX Pico, American', 12.31],
			['SVOX Pico, British', 12.31],
			['RHVoice, SLT', 8.52],
			['RHVoice, BDL', 8.93],
			['RHVoice, CLB', 10.02],
			['RHVoice, Alan', 9.42],
			['Festival, SLT (HTS)', 8.95],
		],
	},
	{
		name: 'English: a list with prices',
		language: 'en',
		script: unindented(`
			# Our plans

			- Basic: 5 users, 10 GB, $9 a month.
			- Team: 25 users, 100 GB, $29 a month.
			- Business: unlimited users, 1 TB, $99 a month.

			Which one fits you? Write to us.
		`),
		voices: [
			['SVOX Pico, American', 20.79],
			['SVOX Pico, British', 20.6],
			['RHVoice, SLT', 14.46],
			['RHVoice, BDL', 15.44],
			['RHVoice, CLB', 17.19],
			['RHVoice, Alan', 15.45],
			['Festival, SLT (HTS)', 17.47],
		],
	},
	{
		name: 'English: paragraphs',
		language: 'en',
		script: unindented(`
			First, open the app.

			Second, choose your plan.

			Third, invite your team.

			Done! You can start now.
		`),
		voices: [
			['SVOX Pico, American', 10.41],
			['SVOX Pico, British', 10.92],
			['RHVoice, SLT', 6.78],
			['RHVoice, BDL', 6.67],
			['RHVoice, CLB', 7.14],
			['RHVoice, Alan', 6.83],
			['Festival, SLT (HTS)', 6.73],
		],
	},
	{
		name: 'English: long words',
		language: 'en',
		script: flat(`
			Our infrastructure administrators continuously investigate authentication irregularities. Comprehensive documentation
			describes responsibilities, configuration requirements, and organizational dependencies.
		`),
		voices: [
			['SVOX Pico, American', 13.83],
			['SVOX Pico, British', 13.16],
			['RHVoice, SLT', 13.29],
			['RHVoice, BDL', 13.39],
			['RHVoice, CLB', 15.34],
			['RHVoice, Alan', 13.32],
			['Festival, SLT (HTS)', 15.0],
		],
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
		name: 'English: a reminder, with numbers',
		language: 'en',
		script: flat(`
			Dear customer, your invoice no. 20417 over $348.90 was due on 5/14/2026. You can pay by card at pay.example.com or by
			bank transfer within 7 days. If you have paid already, please ignore this message. For questions, call us Monday to
			Friday between 8:00 and 17:00. Thank you for choosing Northwind; we really appreciate your business.
		`),
		voices: [
			['SVOX Pico, American', 32.37],
			['SVOX Pico, British', 34.42],
			['RHVoice, SLT', 27.69],
			['RHVoice, BDL', 27.56],
			['RHVoice, CLB', 31.49],
			['RHVoice, Alan', 27.57],
			['Festival, SLT (HTS)', 28.45],
		],
		isHeldOut: true,
	},
	{
		name: 'English: a story',
		language: 'en',
		script: flat(`
			When my grandmother opened her bakery, she had one oven, two tables, and no idea how to write an invoice. She got up
			at three every morning, long before the birds, and by six the whole street smelled of bread. People came for the rolls
			and stayed for a chat. Forty years later, the oven is a little bigger, but the recipe is still the same.
		`),
		voices: [
			['SVOX Pico, American', 22.13],
			['SVOX Pico, British', 21.8],
			['RHVoice, SLT', 18.32],
			['RHVoice, BDL', 18.89],
			['RHVoice, CLB', 21.45],
			['RHVoice, Alan', 19.14],
			['Festival, SLT (HTS)', 20.55],
		],
		isHeldOut: true,
	},
];
