import { flat, type MeasuredScript } from './measured';

/** Scripts in Spanish, French, Italian and Portuguese. */
export const ROMANCE: readonly MeasuredScript[] = [
	{
		name: 'Spanish: a greeting that sells',
		language: 'es',
		script: flat(`
			Hola y bienvenidos a nuestra tienda. ¿Sabías que puedes comprar todos tus muebles sin salir de casa? En nuestra página
			encontrarás más de dos mil productos, desde sillas y mesas hasta cocinas completas. Te ayudamos a medir, a elegir los
			colores y a planificar cada rincón de tu hogar. El envío es gratuito y, si algo no te gusta, lo recogemos sin
			preguntas. Descubre hoy las ofertas de la semana y empieza a disfrutar de la casa que siempre has soñado.
		`),
		voices: [['SVOX Pico', 32.35]],
	},
	{
		name: 'Spanish: a first day, with numbers',
		language: 'es',
		script: flat(`
			Bienvenido al equipo. Tu primer día de trabajo es el 2 de marzo de 2026 y empezamos a las 9:30 en la sala 14. Trae,
			por favor, tu pasaporte y una copia del contrato. Dispones de 1.250,50 € para tu equipo y puedes elegirlo en
			www.ejemplo.com. La comida se sirve de 13:00 a 14:30 y el 85 % de los compañeros come en la empresa. Si tienes
			preguntas, escribe a ayuda@ejemplo.com y te responderemos en 24 horas.
		`),
		voices: [['SVOX Pico', 44.97]],
	},
	{
		name: 'Spanish: the dedication of El Capitán Veneno',
		language: 'es',
		script: flat(`
			Al Señor D. Manuel Tamayo y Baus, secretario perpetuo de la Real Academia Española. Mi muy querido Manuel: Hace
			algunas semanas que, entreteniendo nuestros ocios caniculares en esta sosegada villa de Valdemoro, de donde ya vamos a
			regresar a la vecina corte, hube de referirte la historia de El Capitán Veneno, tal y como vivía inédita en el archivo
			de mi imaginación; y recordarás que, muy prendado del asunto, me excitaste con vivas instancias a que la escribiese,
			en la seguridad (fueron tus bondadosas palabras) de que me daría materia para una interesante obra. Ya está la obra
			escrita, y hasta impresa; y ahí te la envío. Celebraré no haber defraudado tus esperanzas; y, por sí o por no, te la
			dedico estratégicamente, poniendo bajo el amparo de tu glorioso nombre, ya que no la forma literaria, el fondo, que
			tan bueno te pareció, de la historia de mi Capitán Veneno. Adiós, generoso hermano. Sabes cuánto te quiere y te admira
			tu afectísimo hermano menor, Pedro. Valdemoro, 20 de Septiembre de 1881.
		`),
		voices: [['LibriVox reader', 68.47]],
	},
	{
		name: 'Spanish: news',
		language: 'es',
		script: flat(`
			El ayuntamiento ha aprobado el proyecto de una nueva estación de tren en el barrio del puerto. Las obras comenzarán la
			próxima primavera y durarán unos cuatro años. El plan incluye dos andenes, una plaza cubierta con tiendas y un
			aparcamiento para más de tres mil bicicletas. Los vecinos habían criticado los primeros borradores por el ruido y el
			tráfico. Según la alcaldesa, los trenes circularán bajo tierra durante el último kilómetro.
		`),
		voices: [['SVOX Pico', 30.21]],
		isHeldOut: true,
	},
	{
		name: 'Spanish: a safety briefing',
		language: 'es',
		script: flat(`
			Antes de encender la máquina, revisa las protecciones. Usa siempre gafas, guantes y zapatos de seguridad. No metas
			nunca las manos en la cinta en movimiento. Si hay un problema, pulsa el botón rojo y avisa al responsable de turno. La
			limpieza solo se hace con la máquina apagada. Informa de cualquier cable dañado, aunque todo siga funcionando.
		`),
		voices: [['SVOX Pico', 25.63]],
		isHeldOut: true,
	},
	{
		name: 'French: a greeting that sells',
		language: 'fr',
		script: flat(`
			Bonjour et bienvenue chez Maison Verte. Vous cherchez des produits frais, cultivés près de chez vous ? Chaque semaine,
			nous livrons à votre porte des paniers de fruits et de légumes de saison, préparés par des agriculteurs de votre
			région. Vous choisissez la taille du panier, le jour de la livraison, et vous pouvez suspendre votre abonnement à tout
			moment. Nous ajoutons toujours une recette facile pour vous donner des idées. Essayez notre offre de découverte et
			retrouvez le goût des bonnes choses.
		`),
		voices: [['SVOX Pico', 26.54]],
	},
	{
		name: 'French: a safety briefing',
		language: 'fr',
		script: flat(`
			En cas d'incendie, gardez votre calme et quittez le bâtiment sans attendre. N'utilisez jamais les ascenseurs. Fermez
			les portes derrière vous, mais ne les verrouillez pas. S'il y a de la fumée, baissez-vous et avancez près du sol. Le
			point de rassemblement se trouve sur le parking, derrière l'entrée principale. Restez-y jusqu'à ce qu'un responsable
			vous ait compté, et ne retournez pas à l'intérieur pour chercher vos affaires.
		`),
		voices: [['SVOX Pico', 24.36]],
	},
	{
		name: 'French: a product update, with numbers',
		language: 'fr',
		script: flat(`
			Voici les trois nouveautés de la version 4.2. D'abord, le tableau de bord s'affiche en moins de 2 secondes, même avec
			50 000 lignes. Ensuite, vous pouvez exporter chaque rapport au format PDF en un seul clic. Enfin, la nouvelle API
			relie vos outils 24 heures sur 24. La mise à jour est gratuite jusqu'au 31 décembre 2026 ; ensuite, elle coûte 19,99 €
			par mois.
		`),
		voices: [['SVOX Pico', 25.41]],
		isHeldOut: true,
	},
	{
		name: 'Italian: a greeting that sells',
		language: 'it',
		script: flat(`
			Ciao e benvenuti nella nostra accademia. Vi piacerebbe imparare una lingua nuova senza rinunciare al vostro tempo
			libero? Con le nostre lezioni brevi bastano quindici minuti al giorno. Potete ascoltare, ripetere e parlare con
			insegnanti di tutto il mondo, dal telefono o dal computer. Il programma si adatta al vostro livello e vi mostra ogni
			settimana i progressi che avete fatto. La prima lezione è gratuita: scegliete la lingua, create il vostro profilo e
			cominciate subito.
		`),
		voices: [['SVOX Pico', 32.98], ['Festival, LP', 31.29]],
	},
	{
		name: 'Italian: numbers',
		language: 'it',
		script: flat(`
			Nel 2026 abbiamo aperto 14 negozi e venduto 125.000 prodotti. Lo sconto del 15% vale fino al 31/12/2026. Scriveteci a
			info@esempio.it oppure visitate www.esempio.it.
		`),
		voices: [['SVOX Pico', 23.83]],
	},
	{
		name: 'Italian: news',
		language: 'it',
		script: flat(`
			Il consiglio comunale ha approvato il progetto di una nuova stazione ferroviaria nel quartiere del porto. I lavori
			cominceranno in primavera e dureranno circa quattro anni. Il piano prevede due binari, una piazza coperta con negozi e
			un parcheggio per oltre tremila biciclette. I residenti avevano criticato le prime proposte per il rumore e il
			traffico. Secondo il sindaco, i treni viaggeranno sottoterra nell'ultimo chilometro.
		`),
		voices: [['SVOX Pico', 28.4], ['Festival, LP', 27.01]],
		isHeldOut: true,
	},
	{
		name: 'Portuguese: a greeting that sells',
		language: 'pt',
		script: flat(`
			Olá e seja bem-vindo à nossa loja. Você sabia que pode organizar a sua casa inteira sem gastar muito? Temos caixas,
			estantes e cestos de todos os tamanhos, feitos com material reciclado. A nossa equipe ajuda você a escolher, monta
			tudo em poucas horas e ainda recolhe os móveis antigos. Se preferir, compre pelo aplicativo e receba no dia seguinte.
			Visite a nossa página, veja as novidades da semana e comece hoje mesmo a viver com mais espaço.
		`),
		voices: [['RHVoice, Letícia', 29.97]],
	},
	{
		name: 'Portuguese: numbers',
		language: 'pt',
		script: flat(`
			Em 2026 abrimos 14 lojas e vendemos 125.000 produtos. O desconto de 15% vale até 31/12/2026. Ligue das 9:00 às 18:30
			ou escreva para ajuda@exemplo.com.
		`),
		voices: [['RHVoice, Letícia', 15.34]],
	},
];
