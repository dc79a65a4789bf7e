/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Articles, pronouns, prepositions, auxiliaries, and the courtesies of mail.
 * A word that may be what a mail is about ("up" in "set up", "back" in "send
 * back") stays out of the lists where the language lets it.
 */
#include "stop_words.h"

#include <stddef.h>
#include <string.h>

#define W(words) " " words " "

static const char *const lists[LANGUAGE_N] = {
	[LANGUAGE_DA] =
		W("jeg du han hun den det vi de mig dig ham hende os jer dem "
	          "min mit mine din dit dine sin sit sine vores jeres deres "
	          "hans hendes en et og eller men at som der hvad hvem hvor "
	          "hvordan hvorfor hvornår hvilken hvilket hvilke i på til fra "
	          "med uden for af om ved hos efter før under over mellem mod "
	          "er var har havde være været bliver blev blevet kan kunne "
	          "skal skulle vil ville må måtte bør ikke ingen intet noget "
	          "nogen nogle alle alt meget mere mest så også nu da når hvis "
	          "fordi end her dette denne disse bare kun lige jo vel selv "
	          "igen hej kære tak venlig hilsen mvh gerne lidt få får fik "
	          "gør gøre andre anden andet ja nej op ud ind ned jeg"),
	[LANGUAGE_SV] =
		W("jag du han hon den det vi ni de mig dig honom henne oss er "
	          "dem min mitt mina din ditt dina sin sitt sina vår vårt våra "
	          "ert era deras hans hennes en ett och eller men att som där "
	          "vad vem var hur varför när vilken vilket vilka i på till "
	          "från med utan för av om vid hos efter före under över "
	          "mellan mot är har hade vara varit blir blev blivit kan "
	          "kunde ska skall skulle vill ville må måste bör inte ingen "
	          "inget något någon några alla allt mycket mer mest så också "
	          "nu då om eftersom än här detta denna dessa bara ju väl "
	          "själv igen hej kära tack vänlig vänliga hälsning "
	          "hälsningar mvh gärna lite få får fick gör göra andra annan "
	          "annat ja nej upp ut in ner hos sig"),
	[LANGUAGE_NB] =
		W("jeg du han hun den det vi dere de meg deg ham henne oss dem "
	          "min mitt mine din ditt dine sin sitt sine vår vårt våre "
	          "deres hans hennes en et ei og eller men at som der hva hvem "
	          "hvor hvordan hvorfor når hvilken hvilket hvilke i på til "
	          "fra med uten for av om ved hos etter før under over mellom "
	          "mot er var har hadde være vært blir ble blitt kan kunne "
	          "skal skulle vil ville må måtte bør ikke ingen intet noe "
	          "noen alle alt mye mer mest så også nå da hvis fordi enn her "
	          "dette denne disse bare kun jo vel selv igjen hei kjære takk "
	          "vennlig hilsen mvh gjerne litt få får fikk gjør gjøre andre "
	          "annen annet ja nei opp ut inn ned seg å"),
	[LANGUAGE_NN] =
		W("eg du han ho den det vi me de dykk meg deg oss dei min mitt "
	          "mine din ditt dine sin sitt sine vår vårt våre deira ein "
	          "eit ei og eller men at som der kva kven kvar korleis kvifor "
	          "når i på til frå med utan for av om ved hos etter før under "
	          "over mellom mot er var har hadde vere vore blir vart blitt "
	          "kan kunne skal skulle vil ville må måtte bør ikkje ingen "
	          "noko nokon alle alt mykje meir mest så også no då om fordi "
	          "enn her dette denne desse berre jo vel sjølv igjen hei "
	          "kjære takk venleg helsing gjerne litt få får fekk gjer "
	          "gjere andre anna ja nei opp ut inn ned seg å"),
	[LANGUAGE_DE] =
		W("ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch "
	          "ihnen mein meine meinen meinem meiner dein deine deinen "
	          "sein seine seinen seiner ihre ihren ihrem ihrer unser "
	          "unsere unseren unserer euer eure der die das den dem des "
	          "ein eine einen einem einer eines und oder aber dass daß "
	          "wenn weil ob als wie was wer wo wann warum welche welcher "
	          "welches in im an am auf aus bei beim mit nach von vom vor "
	          "zu zum zur über unter durch für gegen ohne um bis seit ist "
	          "sind war waren bin bist sei wird werden wurde wurden worden "
	          "hat habe haben hatte hatten kann können konnte könnte muss "
	          "müssen soll sollte sollen will wollen würde würden darf "
	          "dürfen nicht kein keine keinen keiner nichts etwas alle "
	          "alles viel mehr sehr so auch nun jetzt da dann hier dort "
	          "diese dieser dieses diesen diesem nur noch schon mal doch "
	          "ja nein bitte danke vielen dank hallo liebe lieber guten "
	          "tag geehrte geehrter damen herren freundlichen grüßen gruß "
	          "grüße mfg selbst wieder man sich mich etwas wäre hätte"),
	[LANGUAGE_EN] =
		W("i you he she it we they me him her us them my your his its "
	          "our their mine yours a an the and or but that which who "
	          "whom what where when why how if because as than in on at to "
	          "from with without for of by about into over under between "
	          "after before during is are was were am be been being has "
	          "have had do does did done can could shall should will would "
	          "may might must not no none nothing something some any all "
	          "much more most very so also now then here there this these "
	          "those just only too yes hi hello hey dear thanks thank "
	          "please regards kind best sincerely cheers again get got go "
	          "going like one don t s re ll ve m d im ive cant wont isnt "
	          "didnt doesnt other own out up"),
	[LANGUAGE_FI] =
		W("minä sinä hän me te he minun sinun hänen meidän teidän "
	          "heidän minulla sinulla meillä teillä on ei en et emme ette "
	          "eivät oli olla olen olet olemme olette ovat ja tai mutta "
	          "että jos kun kuin mikä mitä kuka missä miten miksi milloin "
	          "tämä tuo se nämä nuo ne myös nyt sitten vain vielä jo hei "
	          "kiitos terveisin ystävällisin voi voin voisi voitte pitää "
	          "ole kanssa"),
	[LANGUAGE_FR] =
		W("je tu il elle nous vous ils elles me te se moi toi lui leur "
	          "mon ma mes ton ta tes son sa ses notre nos votre vos leurs "
	          "le la les un une des du de d l et ou mais que qui quoi dont "
	          "où quand comment pourquoi si comme plus que dans en sur à "
	          "au aux de par pour avec sans sous entre vers chez est sont "
	          "était suis es être été ai as a avons avez ont avait avoir "
	          "peut peux pouvez pourriez doit dois faire fait ne pas rien "
	          "tout tous toute toutes très aussi alors ici ce cet cette "
	          "ces c j n s m t qu bonjour madame monsieur merci "
	          "cordialement bien salutations y"),
	[LANGUAGE_ES] =
		W("yo tú él ella nosotros ustedes usted ellos me te se nos le "
	          "les lo la los las mi mis tu tus su sus nuestro nuestra el "
	          "un una unos unas y o pero que quien cual cuando cómo como "
	          "donde por para con sin sobre entre hasta desde de del a al "
	          "en es son era soy está están estar ser ha he han había "
	          "puede puedo podría debe hacer no nada algo todo todos muy "
	          "más también ya aquí este esta estos estas eso hola gracias "
	          "saludos favor estimado estimada si sí"),
	[LANGUAGE_NL] =
		W("ik jij je u hij zij ze het wij we jullie mij me jou hem "
	          "haar ons hen hun mijn jouw uw zijn onze de een en of maar "
	          "dat die wat wie waar wanneer waarom hoe als omdat dan in op "
	          "aan te tot van met zonder voor door bij om over onder "
	          "tussen na naar uit is was waren ben bent wordt worden werd "
	          "heeft heb hebben had kan kunnen kunt zou zal moet moeten "
	          "mag wil niet geen niets iets alle alles veel meer zeer zo "
	          "ook nu hier daar deze dit alleen nog al hallo beste geachte "
	          "dank bedankt groet groeten vriendelijke graag er"),
	[LANGUAGE_IT] =
		W("io tu lui lei noi voi loro mi ti si ci vi lo la li le gli "
	          "mio mia miei mie tuo tua suo sua nostro nostra vostro "
	          "vostra il i un uno una e o ma che chi cui quando come dove "
	          "perché se di a da in con su per tra fra del della dei delle "
	          "al alla ai alle dal nel nella sul è sono era sei siamo "
	          "essere stato ho hai ha abbiamo hanno avere può posso "
	          "potrebbe deve fare non niente tutto tutti molto più anche "
	          "ora qui questo questa questi queste buongiorno salve grazie "
	          "cordiali saluti gentile"),
	[LANGUAGE_PL] =
		W("ja ty on ona my wy oni mnie mi ciebie ci jego jej nas was "
	          "ich mój moja moje twój twoja nasz nasza wasz pan pani "
	          "państwo i oraz lub albo ale że żeby który która które co "
	          "kto gdzie kiedy jak dlaczego czy jeśli bo niż w we na do od "
	          "z ze bez dla o po pod nad przed przez przy za jest są był "
	          "była było być jestem mam ma mają może mogę można nie nic "
	          "coś wszystko bardzo więcej też także teraz tu tutaj ten ta "
	          "to te tego tej dzień dobry dziękuję proszę pozdrawiam "
	          "poważaniem się"),
};

bool
stop_word(Language language, const char *word)
{
	const char *list = language < LANGUAGE_N ? lists[language] : NULL;
	size_t n = strlen(word);

	for (const char *at = list; at && (at = strstr(at, word)) != NULL;
	     at += n)
		if (at[-1] == ' ' && at[n] == ' ')
			return true;
	return false;
}
