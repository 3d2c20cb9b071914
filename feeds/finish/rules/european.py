"""Habits of publishers who write German, French, Spanish, Portuguese, Italian, Dutch or Russian."""

from __future__ import annotations

from feeds.finish.rules.rule import behind, rule

_MONTH = (
    r"(?:jan|fév|feb|mär|mar|abr|avr|apr|ma[iyg]|ju[nl]|jui|août|ago|aug|sep|set|okt|oct|out|nov|dez|déc|dic|ene|gen|giu|lug|ott)"
    r"[\w.]{0,8}"
)

# fmt: off
WORDS = (
    "abbonati|abonnez-vous|abr|actualizado|aggiornato|ago|aktualisiert|alle rechte vorbehalten"
    "|alle rechten voorbehouden|août|apr|assine|auch interessant|aug|avr|bereits abonnent|bild|bron"
    "|cet article est réservé|comentarios|commentaires|consentement|consentimiento|contenido exclusivo"
    "|continua a leggere|continue lendo|cookies|das könnte sie|de gauche à droite|de izquierda a derecha|dez"
    "|di|door|déc|déjà abonné|einwilligung|ene|erstellt|escrito|etiquetas|feb|fonte|foto|fuente|fév|gen"
    "|geschrieben|giu|guenos|il vous reste |inscrire|iscriviti|jan|jetzt |ju|kommentar|lea también|lecture "
    "|lees ook|leestijd|leggi anche|leia |lesedauer|lesen sie auch|lesezeit|lire aussi|lire la suite|lug|ma"
    "|mehr |mis à jour|mots|mär|nachdruck |newsletter |nov|oct|okt|ott|out|par|photo|por|pubblicato|publicado"
    "|publié|quelle|regístra|schlagwörter|seguir leyendo|sep|set|source|sur le même |suscríb"
    "|te puede interesar|teilen|tempo de leitura|temps de lecture|testo|text|themen|tiempo de lectura"
    r"|todos los derechos reservados|tous droits réservés|v\.|verfasst|veröffentlicht|von|vous avez lu "
    "|weiterlesen|ya eres suscriptor|zustimmung|©|écrit|автор|время чтения|все права защищены|источник"
    "|комментарии|опубликовано|поделиться|подпис|текст|фото|читайте также|читать далее"
)
"""One of them is in each habit, in lower case."""

RULES = (
    rule("by-line", "Von Karin Muster", 60,
         r"(?:von|par|por|di|door|text|foto|fotos|texte|texto|testo|photos?|автор|текст|фото)\s?:?\s(?-i:[A-ZÀ-ÝА-Я])[^.!?]{2,44}$"),
    rule("rights", "Alle Rechte vorbehalten", 160,
         behind(80, "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados",
                "todos os direitos reservados", "tutti i diritti riservati", "alle rechten voorbehouden",
                "все права защищены", "reproduction interdite", "nachdruck (?:nur|verboten)")),
    rule("appeal", "Jetzt Abo abschließen und weiterlesen", 140,
         behind(60, "weiterlesen", "jetzt (?:abonnieren|anmelden|registrieren|testen)",
                "newsletter (?:abonnieren|bestellen)", "bereits abonnent",
                "abonnez-vous", "s.inscrire", "lire la suite", "cet article est réservé", "déjà abonné", r"il vous reste \d+",
                "suscríb[ae]te", "regístra(?:te|se)", "seguir leyendo", "contenido exclusivo", "ya eres suscriptor",
                "s[ií]guenos", "assine", "continue lendo", "abbonati", "iscriviti", "continua a leggere",
                "подпис(?:аться|ывайтесь)", "читать далее")),
    rule("by-line", "Veröffentlicht am 3. Mai von Karin Muster", 90,
         r"(?:verfasst|geschrieben|veröffentlicht|erstellt|aktualisiert|publié|mis à jour|écrit|publicado|actualizado|escrito"
         r"|pubblicato|aggiornato|опубликовано)\s?(?:von|am|in|le|par|por|el|da|il|em|:)"),
    rule("date", "Miércoles, 4 de mayo de 2022 a las 07:46", 60,
         rf"(?:\w{{2,12}},?\s)?(?:den |le |el )?\d{{1,2}}\.?\s(?:de\s)?{_MONTH}\s(?:de\s)?\d{{4}}[\W\d]*(?:a las|à|um|at)?[\W\d]*(?:uhr|hrs?|h)?\W*$"),
    rule("appeal", "Wir benötigen Ihre Zustimmung", 160,
         r"(?:wir|um|bitte|leider|damit|nous|pour|este|usamos|utilizamos|usiamo)\b.{0,80}(?:zustimmung|einwilligung|cookies|consentement|consentimiento)",
         r"vous avez lu .{0,30}articles? gratuits"),
    rule("caption", "Von links nach rechts: Karin Muster", 120, r"(?:von links|v\. ?l\. ?n\. ?r|de gauche à droite|de izquierda a derecha)\b"),
    rule("furniture", "Lesezeit: 3 Min.", 80,
         behind(64, "lesezeit", "lesedauer", "temps de lecture", r"lecture \d+ min", "tiempo de lectura", "tempo de leitura",
                "tempo di lettura", "leestijd", "время чтения")),
    rule("furniture", "Mehr zum Thema", 48,
         r"(?:mehr (?:zum thema|dazu|aus)|lesen sie auch|auch interessant|das könnte sie.{0,20}|kommentare?|teilen|schlagwörter|themen"
         r"|à lire aussi|lire aussi|sur le même (?:sujet|thème)|partager|commentaires|mots[- ]clés"
         r"|lea también|te puede interesar|más información|compartir|comentarios|etiquetas|temas"
         r"|leia (?:também|mais)|leggi anche|condividi|lees ook|читайте также|поделиться|комментарии)\s?[:.]?.{0,20}$"),
    rule("provenance", "Foto: dpa", 80,
         r"(?:foto(?:credit|nachweis)?|bild(?:nachweis|quelle)?|quelle|photo|crédit|source|fuente|imagen|fonte|immagine|bron|источник|фото)s?\s?:\s?.{1,60}$",
         r"©\s?.{2,50}$"),
)

DATELINE_BEGINS = r"[A-ZÀ-ÝА-Я\d(pv]"
"""All datelines begin so, and little else."""

DATELINE = (
    # 05.12.2022 | Paris (Pressedienst) -   Pressemitteilung vom 25. Januar 2022 | Berlin –
    r"(?:pressemitteilung\s)?(?:vom\s)?\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{4}\s?[|–-]\s(?:[A-ZÄÖÜ][\w/ ]{2,30}(?:\s?\([^()]{2,30}\))?\s?[–—-]\s)?",
    # Weilingen (ndk) -   Berlin. (dpa)   Madrid, 3 may (EFE).-   PARIS (AFP) -   МОСКВА, 3 мая — Агентство.
    r"(?-i:[A-ZÄÖÜÀ-ÝА-Я])[\w\u00c0-\u024f.'/ -]{1,30}(?:,\s?\d{1,2}\.?\s[\w.]{3,10})?\.?\s?[(/][\w /.]{2,24}[)/]\s?\.?[-–—:]{1,2}\s",
    r"\([a-z/]{2,12}\)\s?[-–—.:]?\s",
    r"(?-i:[A-ZÄÖÜÀ-ÝА-Я]{3,})(?:[ -](?-i:[A-ZÄÖÜÀ-ÝА-Я]{2,})){0,2},?\s\d{1,2}\.?\s[\w.]{3,10},?\s[-–—]\s(?:[\w\s]{2,20}\.\s)?",
    r"(?-i:[A-ZÄÖÜÀ-Ý]{4,})(?:[ -](?-i:[A-ZÄÖÜÀ-Ý]{2,})){0,2}\.[-–—]\s?",
)

LABEL = (r"(?:zusammenfassung|kurzfassung|résumé|resumen|resumo|riassunto|аннотация|l.essentiel|en bref)\b",)

CREDIT = (r"(?:foto|bild|quelle|crédit|fuente|fonte|источник)s?\s?[:/]",)

INVITATION = (r"\bQR[- ]?(?:code|código)\b|herunterladen|télécharge[rz]|descarga\b|suscríbete|abonnieren",)
# fmt: on
