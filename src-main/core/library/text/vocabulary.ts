/**
 * The words of dance and film the library knows: concepts, each with its names in several languages, and what hints at what.
 * A concept is written like its first word; a name of several words counts where they stand next to one another.
 */

/** What a concept is about: how a move is ranked by it, or what it shows. */
export type Facet = 'move' | 'mood' | 'tempo' | 'energy' | 'difficulty' | 'dance' | 'film';

export interface Concept {
  readonly id: string;
  readonly facet: Facet;
  readonly names: readonly string[];
}

const table = (facet: Facet, rows: Readonly<Record<string, string>>): Concept[] =>
  Object.entries(rows).map(([id, names]) => ({ id, facet, names: [id.replaceAll('-', ' '), ...names.split(',').map((name) => name.trim())].filter((name) => name !== '') }));

const moves = table('move', {
  'hip roll': 'hip circle, hip rotation, rotation of the hips, rolling hips, roll of the hips, hip, cadera, caderas, movimiento de cadera, hüftkreis, hüfte, hüfte kreisen, hanche, rond de hanche, anca',
  'body wave': 'body roll, bodyroll, wave, wave of the body, torso wave, ondulation, undulation, onda, ola, ondas, körperwelle, welle, vague, onda do corpo',
  'head roll': 'head circle, head movement, head, cabeza, vuelta de cabeza, kopfrolle, kopfkreis, tête',
  spin: 'turn, twirl, whirl, pirouette, rotate, rotation, vuelta, giro, giros, drehung, drehen, tour, volta, pivot, revolve',
  'double spin': 'double turn, multiple spin, doble vuelta, doppeldrehung',
  'lady turn': 'follower turn, follow turn, inside turn, outside turn, woman turn, right turn, left turn, vuelta de la dama, damendrehung, damensolo',
  'cross body lead': 'cross body, crossbody, cbl, dile que no, platzwechsel, passage',
  hammerlock: 'hammer lock, arm lock, lock, candado, schlüssel',
  shadow: 'shadow position, shadow dance, tandem, sombra, schattenposition, ombre, behind her, behind the follower',
  'arm styling': 'arm, arms, hand styling, hand, hands, hair comb, hair brush, brush, brazo, brazos, arme, bras, paseala, arm movement, arm cross, braço',
  footwork: 'foot, feet, fancy feet, step pattern, syncopated step, tap, stomp, shuffle, pasito, pasitos, pie, pies, fußarbeit, füße, jeu de jambes, pied, zapateo, heel, toe',
  basic: 'basic step, base, basico, paso basico, grundschritt, pas de base, side basic, front step, side step, side to side, box step, passo base',
  intro: 'introduction, opening, entrance, entry, entrada, beginning, eingang, einleitung, début',
  outro: 'ending, final, finale, closing, end pose, salida, schluss, ende, fin, conclusion',
  styling: 'style, adornment, adorn, flourish, decoration, adorno, estilo, verzierung',
  golpe: 'golpes, hit, accent, pop, punch, strike, schlag, akzent, sharp',
  dip: 'dips, lean back, back bend, backbend, cambre, cambré, caida, fallfigur, drop back, déhanché',
  lift: 'lifts, aerial lift, carry, hebefigur, porté, cargada',
  jump: 'leap, hop, bounce, sprung, springen, saut, salto, sauter, brinco',
  kick: 'leg kick, patada, tritt, coup de pied, chute de pied, flick',
  slide: 'glide, drag, deslizar, gleiten, glisser, moonwalk',
  walk: 'walking, caminar, caminata, paseo, gehen, laufen, marche, travel',
  isolation: 'isolations, isolate, aislamiento, chest isolation, rib cage, pop and lock, locking, popping',
  shoulder: 'shoulders, shimmy, hombro, hombros, schulter, épaule',
  chest: 'torso, ribcage, pecho, brust, buste',
  knee: 'knees, knee bend, plie, plié, squat, rodilla, knie, genou',
  floorwork: 'floor, floor work, ground, on the floor, suelo, boden, sol',
  freeze: 'pose, stop, still, hold, pause, pausa, statue',
  wrap: 'cuddle, embrace, hug, sweetheart, abrazo, umarmung, enchufla, enrollada',
  'close hold': 'closed position, close position, closed hold, close embrace, close, cerrado',
  'open hold': 'open position, open break, abierto, apart',
  partner: 'couple, pair, two dancers, pareja, paar',
  solo: 'alone, single dancer, individual, shine, shines',
  clap: 'clapping, palmas, klatschen',
  swing: 'sway, swaying, balance, balanceo, wiegen, schwingen',
  bolero: 'boleros, machete, completo',
  travel: 'across the floor, crossing, desplazamiento',
  contraction: 'contract, release, contracción',
  battement: 'arabesque, developpe, développé, tendu, jeté',
});

const moods = table('mood', {
  sensual: 'sensuous, sexy, seductive, seduction, intimate, hot, sinnlich, sensuel, sensuelle, sensuale',
  romantic: 'romance, love, loving, tender, dreamy, romantico, romántico, romantica, romantisch, romantique, amor, liebe',
  modern: 'contemporary, urban, street, fusion, current, moderno, moderna, modernes, urbano, new style',
  traditional: 'dominican, dominicana, classic, classical, tradicional, traditionell, old school, authentic, folk, folklore',
  elegant: 'graceful, grace, smooth, flowing, fluid, elegante, sanft, fluide, soft',
  playful: 'fun, funny, happy, cheeky, joyful, joyous, flirty, juguetón, alegre, verspielt, fröhlich, joyeux',
  dramatic: 'drama, theatrical, passionate, passion, dark, pasion, pasión, leidenschaft, leidenschaftlich, dramatisch',
  aggressive: 'hard hitting, fierce, angry, raw, agresivo',
  melancholic: 'sad, sorrow, lonely, triste, traurig, melancholy',
});

const ranks = [
  ...table('tempo', {
    slow: 'slowly, slow tempo, lento, lenta, despacio, langsam, lent, lente, calm, chill, relaxed, downtempo, adagio',
    'mid tempo': 'moderate tempo, medium tempo, andante, moderato',
    fast: 'quick, quickly, rapid, fast tempo, speedy, uptempo, up tempo, rápido, rapido, rápida, schnell, vite, rapide, veloce, allegro, presto',
  }),
  ...table('energy', {
    'low energy': 'calm, gentle, mellow, quiet, relaxed, subtle, minimal, tranquilo, ruhig, doux, leise, chill',
    'medium energy': 'moderate energy, mid energy, moderate',
    'high energy': 'energetic, energy, powerful, explosive, lively, dynamic, strong, wild, intense, vigorous, energico, enérgico, energisch, kraftvoll, énergique, power, party',
  }),
  ...table('difficulty', {
    beginner: 'easy, simple, beginners, novice, starter, low difficulty, principiante, facil, fácil, anfänger, einfach, leicht, débutant, facile, iniciante',
    intermediate: 'improver, medium difficulty, intermedio, intermedia, mittelstufe, intermédiaire, mittel',
    advanced: 'hard, difficult, complex, complicated, expert, pro, professional, challenging, high difficulty, avanzado, avanzada, dificil, difícil, fortgeschritten, schwer, schwierig, avancé, difficile',
  }),
];

const dances = table('dance', {
  bachata: 'bachata sensual, bachatango, moderna', salsa: 'mambo, casino, rueda, salsa on2', kizomba: 'zouk, semba, tarraxinha, urban kiz', tango: 'milonga, ocho, gancho, sacada',
  waltz: 'vals, walzer, valse, viennese', ballet: 'classical ballet, balletto', 'hip hop': 'hiphop, street dance, krump', house: 'house dance, jacking', breaking: 'breakdance, break dance, bboy, bgirl, toprock, windmill',
  jazz: 'jazz dance, broadway', flamenco: 'bulería, sevillanas', merengue: 'merenge', cumbia: '', reggaeton: 'perreo, dembow', samba: 'gafieira', rumba: 'guaguanco', 'cha cha': 'chacha, chachacha, cha cha cha',
  'lindy hop': 'lindy, charleston, jive, boogie, rock and roll', 'tap dance': 'stepptanz, claquettes', 'belly dance': 'bauchtanz, oriental, danse orientale', capoeira: 'ginga', afro: 'afrobeat, afro house, kuduro', kpop: 'k pop',
});

const film = table('film', {
  'close up': 'closeup, detail, face, portrait shot, nahaufnahme, gros plan, primer plano', 'wide shot': 'wide, long shot, full body, totale, plan large, establishing', pan: 'panning, schwenk', zoom: 'zoom in, push in, dolly',
  'tracking shot': 'tracking, follow shot, steadicam, kamerafahrt', handheld: 'shaky', drone: 'aerial, aerial shot, from above, bird view, birds eye, luftaufnahme', 'slow motion': 'slowmo, slow mo, zeitlupe, ralenti, camara lenta',
  timelapse: 'time lapse, hyperlapse, zeitraffer', night: 'dark street, noche, nacht, nuit, neon', sunset: 'sunrise, golden hour, dusk, dawn, sonnenuntergang', beach: 'sea, ocean, playa, strand, plage, shore', city: 'street, downtown, town, ciudad, stadt, ville, skyline',
  nature: 'forest, trees, wood, mountain, field, natur, bosque', water: 'rain, river, lake, agua, wasser, pool', stage: 'theatre, theater, spotlight, bühne, escenario, concert', studio: 'mirror, dance studio, rehearsal, class, practice', crowd: 'people, audience, social, festival, menge',
  indoor: 'inside, interior, room', outdoor: 'outside, exterior, park', smoke: 'fog, haze, nebel', silhouette: 'backlit, contour', explosion: 'fire, flame, spark', 'black and white': 'monochrome, schwarzweiß',
});

export const CONCEPTS: readonly Concept[] = [...moves, ...moods, ...ranks, ...dances, ...film];

/** What hints at what, weaker than the word itself. */
export const HINTS: Readonly<Record<string, readonly (readonly [concept: string, weight: number])[]>> = {
  sensual: [['romantic', 0.35], ['body wave', 0.15], ['slow', 0.15]],
  romantic: [['sensual', 0.35], ['elegant', 0.25], ['slow', 0.2]],
  'double spin': [['spin', 0.7]],
  'lady turn': [['spin', 0.6]],
  spin: [['lady turn', 0.45], ['double spin', 0.4]],
  styling: [['arm styling', 0.4]],
  'arm styling': [['styling', 0.3]],
  slow: [['low energy', 0.4]],
  fast: [['high energy', 0.4]],
  'low energy': [['slow', 0.3]],
  'high energy': [['fast', 0.3]],
  hammerlock: [['wrap', 0.3]],
  wrap: [['hammerlock', 0.3], ['shadow', 0.2]],
  'body wave': [['isolation', 0.2]],
  'hip roll': [['isolation', 0.2]],
  golpe: [['freeze', 0.2]],
};

/** Words that say nothing of a move. Those that negate are not among them. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by clip clips dance dancer dancers dancing de der die das des el en et for from i in into is it la le les like los las me mit more move moves movement movements mp4 mov my of on one or some something that the their then this to und un una une video videos with y ein eine für movimiento movimientos bewegung find show want need please very'.split(' '),
);

/** The word after one of these is not wanted. */
export const NEGATIONS: ReadonlySet<string> = new Set(['no', 'not', 'without', 'except', 'never', 'avoid', 'minus', 'non', 'sin', 'ohne', 'kein', 'keine', 'keinen', 'nicht', 'sans', 'pas', 'senza', 'sem', 'nada']);
