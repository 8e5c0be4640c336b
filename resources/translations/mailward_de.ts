<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
</context>
<context>
    <name>QWidget</name>
    <message>
        <source>%1 could not be written</source>
        <translation>%1 konnte nicht geschrieben werden</translation>
    </message>
</context>
<context>
    <name>TableModel</name>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>unknown network</source>
        <translation>unbekanntes Netz</translation>
    </message>
</context>
<context>
    <name>mailward</name>
    <message>
        <source>What is happening?</source>
        <translation>Was geschieht?</translation>
    </message>
    <message>
        <source>Each card is one attack, however many addresses take turns in it; the worst stand first. Try it: click the card that speaks of one try a source.</source>
        <translation>Jede Karte ist ein Angriff, gleich wie viele Adressen sich darin abwechseln; der schlimmste steht zuerst. Probieren Sie: Klicken Sie auf die Karte, die von einem Versuch je Quelle spricht.</translation>
    </message>
    <message>
        <source>Who, and how do we know?</source>
        <translation>Wer, und woher wissen wir das?</translation>
    </message>
    <message>
        <source>Facts with their evidence, and the log&apos;s own lines. Every underlined name leads on. Try it: click an account that was opened.</source>
        <translation>Tatsachen mit ihrem Beleg und die Zeilen des Protokolls. Jeder unterstrichene Name führt weiter. Probieren Sie: Klicken Sie auf ein geöffnetes Konto.</translation>
    </message>
    <message>
        <source>Back, as in a browser</source>
        <translation>Zurück wie im Browser</translation>
    </message>
    <message>
        <source>The incident has set the filter: each chip is a condition. Try it: go back with the arrow, or Alt+Left.</source>
        <translation>Der Vorfall hat den Filter gesetzt: Jedes Schild ist eine Bedingung. Probieren Sie: Gehen Sie mit dem Pfeil oder Alt+Links zurück.</translation>
    </message>
    <message>
        <source>When?</source>
        <translation>Wann?</translation>
    </message>
    <message>
        <source>Orange is failed, blue is let in. Try it: drag over some bars. Map and tables follow while you drag; Escape gives it up.</source>
        <translation>Orange ist fehlgeschlagen, blau eingelassen. Probieren Sie: Ziehen Sie über einige Balken. Karte und Tabellen folgen dabei; Escape gibt die Auswahl auf.</translation>
    </message>
    <message>
        <source>Where from?</source>
        <translation>Woher?</translation>
    </message>
    <message>
        <source>Darker is more, and the scale has figures. Try it: click a country. The wheel zooms.</source>
        <translation>Dunkler ist mehr, und die Skala hat Zahlen. Probieren Sie: Klicken Sie auf ein Land. Das Mausrad vergrößert.</translation>
    </message>
    <message>
        <source>Ask for anything</source>
        <translation>Fragen Sie nach allem</translation>
    </message>
    <message>
        <source>Try it: type outcome:success country:CN and press Enter. Words are offered while you type; Ctrl+F comes here from anywhere.</source>
        <translation>Probieren Sie: outcome:success country:CN tippen und Eingabe drücken. Wörter werden beim Tippen angeboten; Strg+F führt von überall hierher.</translation>
    </message>
    <message>
        <source>Everything has the same verbs</source>
        <translation>Überall dieselben Befehle</translation>
    </message>
    <message>
        <source>The right button, or the menu key, filters, excludes, copies, bans, on any name anywhere. A heading sorts all rows.</source>
        <translation>Die rechte Maustaste oder die Menütaste filtert, schließt aus, kopiert und sperrt, bei jedem Namen, überall. Eine Überschrift sortiert alle Zeilen.</translation>
    </message>
    <message>
        <source>What do I block, and whom does that hurt?</source>
        <translation>Was sperre ich, und wen trifft das?</translation>
    </message>
    <message>
        <source>Try it: press Propose block on a card. The plan says what it stops and whom it would cut off. Nothing is done on a server before you have seen it, and unless you confirm, the servers take it back by themselves.</source>
        <translation>Probieren Sie: auf einer Karte „Sperre vorschlagen“ drücken. Der Plan sagt, was er aufhält und wen er aussperren würde. Auf keinem Server geschieht etwas, bevor Sie es gesehen haben, und was Sie nicht bestätigen, nehmen die Server von selbst zurück.</translation>
    </message>
    <message>
        <source>That is all you need</source>
        <translation>Mehr braucht es nicht</translation>
    </message>
    <message>
        <source>F1 explains the part that you are in, Ctrl+K finds every command. Drop log files of your own onto the window, or add a server with Ctrl+N.</source>
        <translation>F1 erklärt den Teil, in dem Sie sind, Strg+K findet jeden Befehl. Ziehen Sie eigene Protokolle auf das Fenster, oder fügen Sie mit Strg+N einen Server hinzu.</translation>
    </message>
    <message>
        <source>Bans</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Gering</translation>
    </message>
    <message>
        <source>For information</source>
        <translation>Zur Kenntnis</translation>
    </message>
    <message>
        <source>%1 address</source>
        <translation>%1 Adresse</translation>
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 Adressen</translation>
    </message>
    <message>
        <source>%1 account</source>
        <translation>%1 Konto</translation>
    </message>
    <message>
        <source>%1 accounts</source>
        <translation>%1 Konten</translation>
    </message>
    <message>
        <source>one try a source</source>
        <translation>ein Versuch je Quelle</translation>
    </message>
    <message>
        <source>a try or two a source</source>
        <translation>ein, zwei Versuche je Quelle</translation>
    </message>
    <message>
        <source>about %1 tries a source</source>
        <translation>etwa %1 Versuche je Quelle</translation>
    </message>
    <message>
        <source>%1 countries</source>
        <translation>%1 Länder</translation>
    </message>
    <message>
        <source>%1 % %2</source>
        <translation>%1 % %2</translation>
    </message>
    <message>
        <source>%1 account opened</source>
        <translation>%1 Konto geöffnet</translation>
    </message>
    <message>
        <source>%1 accounts opened</source>
        <translation>%1 Konten geöffnet</translation>
    </message>
    <message>
        <source>Distributed guessing</source>
        <translation>Verteiltes Raten</translation>
    </message>
    <message>
        <source>Brute force</source>
        <translation>Gewaltsames Raten</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>Spray</source>
        <translation>Streuversuch</translation>
    </message>
    <message>
        <source>Leaked passwords</source>
        <translation>Erbeutete Passwörter</translation>
    </message>
    <message>
        <source>Search for names</source>
        <translation>Suche nach Namen</translation>
    </message>
    <message>
        <source>Account in wrong hands</source>
        <translation>Konto in falschen Händen</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Spam</translation>
    </message>
    <message>
        <source>Backscatter</source>
        <translation>Rückläufer</translation>
    </message>
    <message>
        <source>Old password</source>
        <translation>Altes Passwort</translation>
    </message>
    <message>
        <source>Relay attempts</source>
        <translation>Relay-Versuche</translation>
    </message>
    <message>
        <source>Distributed guessing, %1</source>
        <translation>Verteiltes Raten, %1</translation>
    </message>
    <message>
        <source>Brute force, %1</source>
        <translation>Gewaltsames Raten, %1</translation>
    </message>
    <message>
        <source>Brute force on SSH, %1</source>
        <translation>Gewaltsames Raten über SSH, %1</translation>
    </message>
    <message>
        <source>Password spray, a few passwords at %1</source>
        <translation>Streuversuch, wenige Passwörter an %1</translation>
    </message>
    <message>
        <source>Leaked passwords tried, %1</source>
        <translation>Erbeutete Passwörter probiert, %1</translation>
    </message>
    <message>
        <source>Search for mailboxes</source>
        <translation>Suche nach Postfächern</translation>
    </message>
    <message>
        <source>Search for account names</source>
        <translation>Suche nach Kontonamen</translation>
    </message>
    <message>
        <source>%1 seems to be in wrong hands</source>
        <translation>%1 scheint in falschen Händen zu sein</translation>
    </message>
    <message>
        <source>%1 seem to be in wrong hands</source>
        <translation>%1 scheinen in falschen Händen zu sein</translation>
    </message>
    <message>
        <source>A burst of mail from %1</source>
        <translation>Ein Schwall Mail von %1</translation>
    </message>
    <message>
        <source>1 account sends spam from foreign addresses</source>
        <translation>1 Konto versendet Spam von fremden Adressen</translation>
    </message>
    <message>
        <source>%1 accounts send spam from foreign addresses</source>
        <translation>%1 Konten versenden Spam von fremden Adressen</translation>
    </message>
    <message>
        <source>Bounces for mail that nobody here sent</source>
        <translation>Rückläufer zu Mail, die hier niemand schrieb</translation>
    </message>
    <message>
        <source>Old password in a device of %1</source>
        <translation>Altes Passwort in einem Gerät von %1</translation>
    </message>
    <message>
        <source>Relay attempts, refused</source>
        <translation>Relay-Versuche, abgewiesen</translation>
    </message>
    <message>
        <source>%1 mail</source>
        <translation>%1 Mail</translation>
    </message>
    <message>
        <source>%1 mails</source>
        <translation>%1 Mails</translation>
    </message>
    <message>
        <source>%1 own bounce</source>
        <translation>%1 eigener Rückläufer</translation>
    </message>
    <message>
        <source>%1 own bounces</source>
        <translation>%1 eigene Rückläufer</translation>
    </message>
    <message>
        <source>Takes part in</source>
        <translation>Beteiligt an</translation>
    </message>
    <message>
        <source>%1 sure</source>
        <translation>zu %1 sicher</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>failed many times in a day</source>
        <translation>scheiterte an einem Tag oft</translation>
    </message>
    <message>
        <source>its network tried a few passwords at many accounts</source>
        <translation>ihr Netz versuchte wenige Passwörter an vielen Konten</translation>
    </message>
    <message>
        <source>came while unusually many strangers failed</source>
        <translation>kam, während ungewöhnlich viele Fremde scheiterten</translation>
    </message>
    <message>
        <source>tried an account with many strangers at the door</source>
        <translation>versuchte ein Konto, vor dem viele Fremde stehen</translation>
    </message>
    <message>
        <source>tried an account that others of the attack tried</source>
        <translation>versuchte ein Konto, das auch andere des Angriffs versuchten</translation>
    </message>
    <message>
        <source>others of the attack are in its network</source>
        <translation>andere des Angriffs liegen in ihrem Netz</translation>
    </message>
    <message>
        <source>the attack comes from its country far more than people here do</source>
        <translation>aus ihrem Land kommt der Angriff weit mehr als die Leute hier</translation>
    </message>
    <message>
        <source>was let in to an account that was being guessed at</source>
        <translation>kam in ein Konto, dessen Passwort gerade geraten wurde</translation>
    </message>
    <message>
        <source>used an account that is in wrong hands</source>
        <translation>benutzte ein Konto, das in falschen Händen ist</translation>
    </message>
    <message>
        <source>was refused again and again</source>
        <translation>wurde wieder und wieder abgewiesen</translation>
    </message>
    <message>
        <source>but the account&apos;s owner comes from around there, too</source>
        <translation>aber auch der Inhaber des Kontos kommt aus dieser Gegend</translation>
    </message>
    <message>
        <source>but the account&apos;s owner got in elsewhere soon after</source>
        <translation>aber der Inhaber des Kontos kam bald danach anderswo hinein</translation>
    </message>
    <message>
        <source>%1 recipient</source>
        <translation>%1 Empfänger</translation>
    </message>
    <message>
        <source>%1 recipients</source>
        <translation>%1 Empfänger</translation>
    </message>
    <message>
        <source>%1 bounce</source>
        <translation>%1 Rückläufer</translation>
    </message>
    <message>
        <source>%1 bounces</source>
        <translation>%1 Rückläufer</translation>
    </message>
    <message>
        <source>%1 failure</source>
        <translation>%1 Fehlversuch</translation>
    </message>
    <message>
        <source>%1 failures</source>
        <translation>%1 Fehlversuche</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>dauert an</translation>
    </message>
    <message>
        <source>over</source>
        <translation>vorbei</translation>
    </message>
    <message>
        <source>Your jail of %1 in %2 (%3) stops %4 of it.</source>
        <translation>Ihr Jail mit %1 in %2 (%3) hält %4 davon auf.</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 account opened:</source>
        <translation>%1 Konto geöffnet:</translation>
    </message>
    <message>
        <source>%1 accounts opened:</source>
        <translation>%1 Konten geöffnet:</translation>
    </message>
    <message>
        <source>Contain account</source>
        <translation>Konto eindämmen</translation>
    </message>
    <message>
        <source>Contain %1 accounts</source>
        <translation>%1 Konten eindämmen</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>%1 zu prüfen</translation>
    </message>
    <message>
        <source>%1 for information</source>
        <translation>%1 zur Kenntnis</translation>
    </message>
    <message>
        <source>all events</source>
        <translation>alle Ereignisse</translation>
    </message>
    <message>
        <source>the filter</source>
        <translation>der Filter</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>Auf einen Blick</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>%1 events of %2 addresses, %3 accounts</source>
        <translation>%1 Ereignisse von %2 Adressen, %3 Konten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>%1, that is %2 of all attempts</source>
        <translation>%1, das sind %2 aller Versuche</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>unknown country</source>
        <translation>unbekanntes Land</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>unknown network</source>
        <translation>unbekanntes Netz</translation>
    </message>
    <message>
        <source>Tried most</source>
        <translation>Meist versucht</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Eingelassen</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Mail</translation>
    </message>
    <message>
        <source>%1 sent, %2 bounced</source>
        <translation>%1 gesendet, %2 zurück</translation>
    </message>
    <message>
        <source>enforced by %1, with objects of our own</source>
        <translation>durchgesetzt von %1, mit eigenen Objekten</translation>
    </message>
    <message>
        <source>Docker is there: our rules stand before its redirections, so that its published ports are closed, too</source>
        <translation>Docker ist da: Unsere Regeln stehen vor seinen Umleitungen, so sind auch seine veröffentlichten Ports zu</translation>
    </message>
    <message>
        <source>%1 is there: our rules stand before its own; a reload of it that takes them away is shown as drift</source>
        <translation>%1 ist da: Unsere Regeln stehen vor dessen eigenen; nimmt ein Neuladen sie weg, wird das als Abweichung gezeigt</translation>
    </message>
    <message>
        <source>%1 is there: its bans stay as they are</source>
        <translation>%1 ist da: dessen Sperren bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>no effect there on: %1</source>
        <translation>dort ohne Wirkung auf: %1</translation>
    </message>
    <message>
        <source>No address range is known for %1.</source>
        <translation>Zu %1 ist kein Adressbereich bekannt.</translation>
    </message>
    <message>
        <source>The geography data may be missing: run installer/start once more.</source>
        <translation>Vielleicht fehlen die Geodaten: Starten Sie installer/start noch einmal.</translation>
    </message>
    <message>
        <source>goes first: the others follow when it is still reachable</source>
        <translation>ist zuerst dran: die anderen folgen, wenn er dann noch erreichbar ist</translation>
    </message>
    <message>
        <source>enforced already, nothing to do</source>
        <translation>gilt dort schon, nichts zu tun</translation>
    </message>
    <message>
        <source>%n entry(ies) that somebody else put into our table will go</source>
        <translation>%n Eintrag, den jemand anderes in unsere Tabelle setzte, entfällt|%n Einträge, die jemand anderes in unsere Tabelle setzte, entfallen</translation>
    </message>
    <message>
        <source>Mailward</source>
        <translation>Mailward</translation>
    </message>
    <message>
        <source>a rule written by hand</source>
        <translation>eine von Hand geschriebene Regel</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 T %2 h</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Headers …</source>
        <translation>Kopfzeilen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Seal in a file …</source>
        <translation>In einer Datei versiegeln …</translation>
    </message>
    <message>
        <source>Contain accounts</source>
        <translation>Konten eindämmen</translation>
    </message>
    <message>
        <source>In this order</source>
        <translation>In dieser Reihenfolge</translation>
    </message>
    <message>
        <source>Give new passwords</source>
        <translation>Neue Passwörter vergeben</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>What new passwords are made of</source>
        <translation>Woraus neue Passwörter bestehen</translation>
    </message>
    <message>
        <source>Length of new passwords</source>
        <translation>Länge neuer Passwörter</translation>
    </message>
    <message>
        <source>then print slips</source>
        <translation>dann Zettel drucken</translation>
    </message>
    <message>
        <source>kept in a sealed file</source>
        <translation>in einer versiegelten Datei</translation>
    </message>
    <message>
        <source>How new passwords are handed over</source>
        <translation>Wie neue Passwörter übergeben werden</translation>
    </message>
    <message>
        <source>Lock: nobody gets in</source>
        <translation>Sperren: niemand kommt hinein</translation>
    </message>
    <message>
        <source>Unlock what we locked</source>
        <translation>Entsperren, was wir sperrten</translation>
    </message>
    <message>
        <source>Forget remembered log-ins</source>
        <translation>Gemerkte Anmeldungen vergessen</translation>
    </message>
    <message>
        <source>Dovecot keeps passwords that were right for a while</source>
        <translation>Dovecot merkt sich Passwörter, die richtig waren, eine Weile</translation>
    </message>
    <message>
        <source>End IMAP and POP3 sessions</source>
        <translation>IMAP- und POP3-Sitzungen beenden</translation>
    </message>
    <message>
        <source>Honest programs log in again, with the new password</source>
        <translation>Ehrliche Programme melden sich mit dem neuen Passwort wieder an</translation>
    </message>
    <message>
        <source>Cut SMTP sessions</source>
        <translation>SMTP-Sitzungen trennen</translation>
    </message>
    <message>
        <source>They outlive a new password: who is inside goes on sending</source>
        <translation>Sie überleben ein neues Passwort: Wer drin ist, sendet weiter</translation>
    </message>
    <message>
        <source>those not yet named as well</source>
        <translation>auch die noch ohne Namen</translation>
    </message>
    <message>
        <source>Postfix names the account with its first message; honest programs connect again</source>
        <translation>Postfix nennt das Konto mit seiner ersten Nachricht; ehrliche Programme verbinden sich neu</translation>
    </message>
    <message>
        <source>Hold queued mail</source>
        <translation>Wartende Mail anhalten</translation>
    </message>
    <message>
        <source>To be looked at, released or deleted</source>
        <translation>Zum Ansehen, Freigeben oder Löschen</translation>
    </message>
    <message>
        <source>List forwards and app passwords</source>
        <translation>Weiterleitungen und App-Passwörter auflisten</translation>
    </message>
    <message>
        <source>Attackers leave them behind; nothing is changed</source>
        <translation>Angreifer lassen sie zurück; geändert wird nichts</translation>
    </message>
    <message>
        <source>Your new mail password</source>
        <translation>Ihr neues Mailpasswort</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Type it once in each mail program and phone that you use; letter case counts, dashes belong to it. Until you do, these cannot log in, and that is no fault of theirs.</source>
        <translation>Geben Sie es in jedem Mailprogramm und Telefon, das Sie nutzen, einmal ein; Groß- und Kleinschreibung zählt, Striche gehören dazu. Bis dahin können diese sich nicht anmelden, ohne dass sie etwas falsch machen.</translation>
    </message>
    <message>
        <source>Keep this slip where only you find it, or destroy it when the password is stored. Nobody will ever ask you for it.</source>
        <translation>Verwahren Sie diesen Zettel, wo nur Sie ihn finden, oder vernichten Sie ihn, wenn das Passwort gespeichert ist. Niemand wird Sie je danach fragen.</translation>
    </message>
    <message>
        <source>%1 · made %2</source>
        <translation>%1 · erstellt %2</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>unusual</source>
        <translation>ungewöhnlich</translation>
    </message>
    <message>
        <source>attacked</source>
        <translation>angegriffen</translation>
    </message>
    <message>
        <source>old password</source>
        <translation>altes Passwort</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>zurückgeholt</translation>
    </message>
    <message>
        <source>mail × %1</source>
        <translation>Mails × %1</translation>
    </message>
    <message>
        <source>log-ins × %1</source>
        <translation>Anmeldungen × %1</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>still</translation>
    </message>
    <message>
        <source>%1 mails, no past</source>
        <translation>%1 Mails, keine Vergangenheit</translation>
    </message>
    <message>
        <source>no past yet</source>
        <translation>noch keine Vergangenheit</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie immer</translation>
    </message>
    <message>
        <source>%1 in the last 24 h, %2 on a usual day</source>
        <translation>%1 in den letzten 24 h, %2 an einem üblichen Tag</translation>
    </message>
    <message>
        <source>%1 in the last 24 h, too few days before to compare</source>
        <translation>%1 in den letzten 24 h, zu wenige Tage davor zum Vergleich</translation>
    </message>
    <message>
        <source>Mails: %1. Log-ins: %2.</source>
        <translation>Mails: %1. Anmeldungen: %2.</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>gesetzt %1</translation>
    </message>
    <message>
        <source>locked by us</source>
        <translation>von uns gesperrt</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>second factor</source>
        <translation>zweiter Faktor</translation>
    </message>
    <message>
        <source>no second factor</source>
        <translation>kein zweiter Faktor</translation>
    </message>
    <message>
        <source>%1 app password</source>
        <translation>%1 App-Passwort</translation>
    </message>
    <message>
        <source>%1 app passwords</source>
        <translation>%1 App-Passwörter</translation>
    </message>
    <message>
        <source>never used since %1</source>
        <translation>nie benutzt seit %1</translation>
    </message>
    <message>
        <source>reset %1</source>
        <translation>neu gesetzt %1</translation>
    </message>
    <message>
        <source>new password since %1</source>
        <translation>neues Passwort seit %1</translation>
    </message>
    <message>
        <source>new password since %1: devices that were not told of it fail, and that is honest; their places are not banned meanwhile</source>
        <translation>neues Passwort seit %1: Geräte, denen es niemand gesagt hat, scheitern, und das ist ehrlich; ihre Orte werden so lange nicht gesperrt</translation>
    </message>
    <message>
        <source>%1 · %2 points</source>
        <translation>%1 · %2 Punkte</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>no sign of wrong hands</source>
        <translation>kein Zeichen fremder Hände</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Own past</source>
        <translation>Eigene Vergangenheit</translation>
    </message>
    <message>
        <source>no known country</source>
        <translation>kein bekanntes Land</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 network</source>
        <translation>%1 Netz</translation>
    </message>
    <message>
        <source>%1 networks</source>
        <translation>%1 Netze</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>schwach</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Others made these bans, and Mailward changes nothing of theirs.</source>
        <translation>Diese Sperren stammen von anderen, und Mailward ändert nichts daran.</translation>
    </message>
    <message>
        <source>Lift them with the tool that made them.</source>
        <translation>Heben Sie sie mit dem Werkzeug auf, das sie gesetzt hat.</translation>
    </message>
    <message>
        <source>On %1: %2</source>
        <translation>Auf %1: %2</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>, %1</translation>
    </message>
    <message>
        <source>another Mailward</source>
        <translation>ein anderes Mailward</translation>
    </message>
    <message>
        <source>somebody in our rules</source>
        <translation>jemand in unseren Regeln</translation>
    </message>
    <message>
        <source>%1 ban</source>
        <translation>%1 Sperre</translation>
    </message>
    <message>
        <source>%1 bans</source>
        <translation>%1 Sperren</translation>
    </message>
    <message>
        <source>and %1 more below</source>
        <translation>und %1 weitere darunter</translation>
    </message>
    <message>
        <source>%1 should ban %2, but does not: its rules were changed</source>
        <translation>%1 sollte %2 sperren, tut es aber nicht: Die Regeln dort wurden geändert</translation>
    </message>
    <message>
        <source>%1 bans %2 (%3)</source>
        <translation>%1 sperrt %2 (%3)</translation>
    </message>
    <message>
        <source>, because of: %1</source>
        <translation>, wegen: %1</translation>
    </message>
    <message>
        <source>, since %1</source>
        <translation>, seit %1</translation>
    </message>
    <message>
        <source>, until %1</source>
        <translation>, bis %1</translation>
    </message>
    <message>
        <source>Nobody bans %1 now</source>
        <translation>Niemand sperrt %1 zurzeit</translation>
    </message>
    <message>
        <source>it was banned as %1 on %2 by %3, because of: %4</source>
        <translation>war gesperrt als %1 am %2 durch %3, wegen: %4</translation>
    </message>
    <message>
        <source>%1 is on the allow-list%2</source>
        <translation>%1 steht auf der Liste der nie gesperrten%2</translation>
    </message>
    <message>
        <source>These bans do not stand on the same servers.</source>
        <translation>Diese Sperren stehen nicht auf denselben Servern.</translation>
    </message>
    <message>
        <source>Change those of one server at a time: search for its name.</source>
        <translation>Ändern Sie die eines Servers auf einmal: Suchen Sie nach seinem Namen.</translation>
    </message>
    <message>
        <source>%1 enforces what was planned.</source>
        <translation>%1 setzt durch, was geplant war.</translation>
    </message>
    <message>
        <source>put back on %1</source>
        <translation>auf %1 wiederhergestellt</translation>
    </message>
    <message>
        <source>list: %1</source>
        <translation>Liste: %1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>geschützt</translation>
    </message>
    <message>
        <source>gets a new password</source>
        <translation>bekommt ein neues Passwort</translation>
    </message>
    <message>
        <source>will be locked</source>
        <translation>wird gesperrt</translation>
    </message>
    <message>
        <source>will be unlocked</source>
        <translation>wird entsperrt</translation>
    </message>
    <message>
        <source>No place with passwords was found in this server&apos;s configuration.</source>
        <translation>In der Konfiguration dieses Servers fand sich kein Ort mit Passwörtern.</translation>
    </message>
    <message>
        <source>Passwords are kept in: %1</source>
        <translation>Passwörter liegen in: %1</translation>
    </message>
    <message>
        <source>No Dovecot here: nothing to forget, and no IMAP sessions to end.</source>
        <translation>Kein Dovecot hier: nichts zu vergessen, keine IMAP-Sitzungen zu beenden.</translation>
    </message>
    <message>
        <source>No Postfix here: no SMTP sessions to cut, and no queue to hold.</source>
        <translation>Kein Postfix hier: keine SMTP-Sitzungen zu trennen, keine Warteschlange anzuhalten.</translation>
    </message>
    <message>
        <source>new password</source>
        <translation>neues Passwort</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>unlocked</source>
        <translation>entsperrt</translation>
    </message>
    <message>
        <source>as it was before</source>
        <translation>wie vorher</translation>
    </message>
    <message>
        <source>written, not confirmed</source>
        <translation>geschrieben, nicht bestätigt</translation>
    </message>
    <message>
        <source>not changed</source>
        <translation>nicht geändert</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>%1 session ended</source>
        <translation>%1 Sitzung beendet</translation>
    </message>
    <message>
        <source>%1 sessions ended</source>
        <translation>%1 Sitzungen beendet</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>no server has it</source>
        <translation>kein Server hat es</translation>
    </message>
    <message>
        <source>not on the servers that were looked at</source>
        <translation>nicht auf den Servern, die angesehen wurden</translation>
    </message>
    <message>
        <source>%1 is left out, and nothing is done there: %2</source>
        <translation>%1 bleibt aus, dort geschieht nichts: %2</translation>
    </message>
    <message>
        <source>%1: %2 · %3 of %4</source>
        <translation>%1: %2 · %3 von %4</translation>
    </message>
    <message>
        <source>The file could not be copied: %1</source>
        <translation>Die Datei ließ sich nicht kopieren: %1</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>Ist die Platte voll?</translation>
    </message>
    <message>
        <source>%1 of %2 (%3 days old)</source>
        <translation>%1 vom %2 (%3 Tage alt)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 vom %2</translation>
    </message>
    <message>
        <source>Unusual log-ins of %1</source>
        <translation>Ungewöhnliche Anmeldungen von %1</translation>
    </message>
    <message>
        <source>Old password in a device; the log does not name its owner</source>
        <translation>Altes Passwort in einem Gerät; das Protokoll nennt den Inhaber nicht</translation>
    </message>
    <message>
        <source>travelling? Ask the owner:</source>
        <translation>auf Reisen? Fragen Sie die Person:</translation>
    </message>
    <message>
        <source>travelling? Ask the owners:</source>
        <translation>auf Reisen? Fragen Sie die Personen:</translation>
    </message>
    <message>
        <source>%1 ban is lifted</source>
        <translation>%1 Sperre ist aufgehoben</translation>
    </message>
    <message>
        <source>%1 bans are lifted</source>
        <translation>%1 Sperren sind aufgehoben</translation>
    </message>
    <message>
        <source>%1 prefix</source>
        <translation>%1 Netz</translation>
    </message>
    <message>
        <source>%1 prefixes</source>
        <translation>%1 Netze</translation>
    </message>
    <message>
        <source>ports %1</source>
        <translation>Ports %1</translation>
    </message>
    <message>
        <source>ports as they are</source>
        <translation>Ports wie bisher</translation>
    </message>
    <message>
        <source>for %1 from now</source>
        <translation>für %1 ab jetzt</translation>
    </message>
    <message>
        <source>each for as long as it has left</source>
        <translation>jede, solange sie noch gilt</translation>
    </message>
    <message>
        <source>somebody else changed our rules there: all of them are written anew</source>
        <translation>jemand anderes hat unsere Regeln dort geändert: alle werden neu geschrieben</translation>
    </message>
    <message>
        <source>not everywhere</source>
        <translation>nicht überall</translation>
    </message>
    <message>
        <source>its owner&apos;s devices go on with the old password: %1 from %2 since %3, the last %4</source>
        <translation>die Geräte des Inhabers versuchen das alte Passwort weiter: %1 von %2 seit %3, zuletzt %4</translation>
    </message>
    <message>
        <source>%1 try</source>
        <translation>%1 Versuch</translation>
    </message>
    <message>
        <source>%1 tries</source>
        <translation>%1 Versuche</translation>
    </message>
    <message>
        <source>%1 place</source>
        <translation>%1 Ort</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1 Orten</translation>
    </message>
    <message>
        <source>%1; nothing is banned there until %2</source>
        <translation>%1; dort wird bis %2 nichts gesperrt</translation>
    </message>
    <message>
        <source>never used</source>
        <translation>nie benutzt</translation>
    </message>
    <message>
        <source>not used since %1, when the logs begin</source>
        <translation>nicht benutzt seit %1, wo die Protokolle beginnen</translation>
    </message>
    <message>
        <source>%1 was not compared: %2</source>
        <translation>%1 wurde nicht verglichen: %2</translation>
    </message>
    <message>
        <source>no anchor of this log</source>
        <translation>kein Anker dieses Nachweises</translation>
    </message>
    <message numerus="yes">
        <source>%n anchor(s) of this log, the last at entry %1</source>
        <translation>
            <numerusform>%n Anker dieses Nachweises, der letzte bei Eintrag %1</numerusform>
            <numerusform>%n Anker dieses Nachweises, der letzte bei Eintrag %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of other consoles</source>
        <translation>
            <numerusform>%n einer anderen Konsole</numerusform>
            <numerusform>%n von anderen Konsolen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n old one(s) that do not say whose they are</source>
        <translation>
            <numerusform>%n alter, der nicht sagt, wessen er ist</numerusform>
            <numerusform>%n alte, die nicht sagen, wessen sie sind</numerusform>
        </translation>
    </message>
    <message>
        <source>older ones were not read</source>
        <translation>ältere wurden nicht gelesen</translation>
    </message>
    <message numerus="yes">
        <source>The chain is whole, but it is not the one that %n server(s) know</source>
        <translation>
            <numerusform>Die Kette ist heil, aber nicht die, die %n Server kennt</numerusform>
            <numerusform>Die Kette ist heil, aber nicht die, die %n Server kennen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The chain is whole: %n entries</source>
        <translation>
            <numerusform>Die Kette ist heil: %n Eintrag</numerusform>
            <numerusform>Die Kette ist heil: %n Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>; every server agrees</source>
        <translation>; jeder Server stimmt zu</translation>
    </message>
    <message>
        <source>; %1 of %2 servers compared</source>
        <translation>; %1 von %2 Servern verglichen</translation>
    </message>
    <message>
        <source>bans that came: %1</source>
        <translation>neue Sperren: %1</translation>
    </message>
    <message>
        <source>that ran out: %1</source>
        <translation>abgelaufen: %1</translation>
    </message>
    <message>
        <source>that were lifted: %1</source>
        <translation>aufgehoben: %1</translation>
    </message>
    <message>
        <source>that have another end or plan: %1</source>
        <translation>mit anderem Ende oder Plan: %1</translation>
    </message>
    <message>
        <source>somebody else changed our rules there</source>
        <translation>jemand anderes hat dort unsere Regeln geändert</translation>
    </message>
    <message>
        <source>our rules are whole again</source>
        <translation>unsere Regeln sind wieder heil</translation>
    </message>
    <message>
        <source>its rules were written anew</source>
        <translation>seine Regeln wurden neu geschrieben</translation>
    </message>
    <message>
        <source>%1 changed since the preview: %2.</source>
        <translation>%1 hat sich seit der Vorschau geändert: %2.</translation>
    </message>
    <message>
        <source>What is sent stays the same.</source>
        <translation>Was gesendet wird, bleibt gleich.</translation>
    </message>
    <message>
        <source>Now %1 bans are sent and %2 lifted; before it was %3 and %4.</source>
        <translation>Jetzt werden %1 Sperren gesendet und %2 aufgehoben; vorher waren es %3 und %4.</translation>
    </message>
    <message>
        <source>its sessions end, its mail is held</source>
        <translation>seine Sitzungen enden, seine Mail wird angehalten</translation>
    </message>
    <message>
        <source>gets its old password back</source>
        <translation>bekommt sein altes Passwort zurück</translation>
    </message>
    <message>
        <source>will be locked again</source>
        <translation>wird wieder gesperrt</translation>
    </message>
    <message>
        <source>The old passwords hold again, and whoever knows one gets in: take back only what was contained by mistake. Held mail stays held.</source>
        <translation>Die alten Passwörter gelten wieder, und wer eines kennt, kommt hinein: Nehmen Sie nur zurück, was irrtümlich eingedämmt wurde. Angehaltene Mail bleibt angehalten.</translation>
    </message>
    <message>
        <source>The accounts are open again, with the passwords that they had: whoever knows one gets in. Held mail stays held.</source>
        <translation>Die Konten sind wieder offen, mit den Passwörtern, die sie hatten: Wer eines kennt, kommt hinein. Angehaltene Mail bleibt angehalten.</translation>
    </message>
    <message>
        <source>new passwords</source>
        <translation>neue Passwörter</translation>
    </message>
    <message>
        <source>sessions and mail</source>
        <translation>Sitzungen und Mail</translation>
    </message>
    <message>
        <source>%1 not finished</source>
        <translation>%1 nicht beendet</translation>
    </message>
    <message>
        <source>%1 not handed over</source>
        <translation>%1 nicht übergeben</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 misslungen</translation>
    </message>
    <message>
        <source>%1 taken back</source>
        <translation>%1 zurückgenommen</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 erledigt</translation>
    </message>
    <message>
        <source>nothing was begun</source>
        <translation>nichts wurde begonnen</translation>
    </message>
    <message>
        <source>The new passwords hold, and nobody was given them: Resume makes and hands over others, Undo brings the old ones back.</source>
        <translation>Die neuen Passwörter gelten, und niemand hat sie bekommen: Fortsetzen macht andere und übergibt sie, Rückgängig bringt die alten zurück.</translation>
    </message>
    <message>
        <source>It was cut half-way: Resume does the rest, Undo takes back what was done.</source>
        <translation>Sie wurde mittendrin unterbrochen: Fortsetzen erledigt den Rest, Rückgängig nimmt zurück, was getan wurde.</translation>
    </message>
    <message>
        <source>It was cut half-way: Resume does the rest.</source>
        <translation>Sie wurde mittendrin unterbrochen: Fortsetzen erledigt den Rest.</translation>
    </message>
    <message>
        <source>Undo opens what it locked, as long as nobody else changed it.</source>
        <translation>Rückgängig öffnet, was gesperrt wurde, solange es sonst niemand geändert hat.</translation>
    </message>
    <message>
        <source>Undo brings the old rows back until %1, where nobody changed them since.</source>
        <translation>Rückgängig bringt bis %1 die alten Einträge zurück, wo sie seither niemand geändert hat.</translation>
    </message>
    <message>
        <source>Ended sessions stay ended, and held mail is released in the queue: nothing here to take back.</source>
        <translation>Beendete Sitzungen bleiben beendet, und angehaltene Mail wird in der Warteschlange freigegeben: Hier gibt es nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>It was cut before anything was begun: nothing was changed anywhere.</source>
        <translation>Sie wurde unterbrochen, bevor etwas begonnen war: Nirgends wurde etwas geändert.</translation>
    </message>
    <message>
        <source>It was taken back.</source>
        <translation>Sie wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Nothing of it can be taken back: servers keep the old rows of new passwords for 7 days.</source>
        <translation>Nichts davon lässt sich zurücknehmen: Server bewahren die alten Einträge neuer Passwörter 7 Tage lang auf.</translation>
    </message>
</context>
<context>
    <name>mailward::AboutDialog</name>
    <message>
        <source>About Mailward</source>
        <translation>Über Mailward</translation>
    </message>
    <message>
        <source>Mailward %1</source>
        <translation>Mailward %1</translation>
    </message>
    <message>
        <source>Stops password attacks on mail servers without cutting off the people who work there.</source>
        <translation>Hält Angriffe auf Passwörter von Mailservern auf, ohne die Leute auszusperren, die dort arbeiten.</translation>
    </message>
    <message>
        <source>GPL-3.0-or-later. %1</source>
        <translation>GPL-3.0-or-later. %1</translation>
    </message>
    <message>
        <source>Attributions</source>
        <translation>Herkunft der Daten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>mailward::AccountOverviewModel</name>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 T.</translation>
    </message>
    <message>
        <source>%1 mo</source>
        <translation>%1 Mon.</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 J.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Last let in</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Mails</source>
        <translation>Mails</translation>
    </message>
    <message>
        <source>Bounced</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>Länder</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>nicht gelesen</translation>
    </message>
    <message>
        <source>Where its password is kept, and how old it is, is not read from the servers yet.</source>
        <translation>Wo sein Passwort steht und wie alt es ist, wurde von den Servern noch nicht gelesen.</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>%1 alt</translation>
    </message>
    <message>
        <source>age not kept</source>
        <translation>Alter unbekannt</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>mailward::AccountSurveyController</name>
    <message>
        <source>%1: accounts could not be read: %2</source>
        <translation>%1: Konten waren nicht zu lesen: %2</translation>
    </message>
    <message>
        <source>passwords read from %1</source>
        <translation>Passwortdaten gelesen von %1</translation>
    </message>
    <message>
        <source>There is nothing to try.</source>
        <translation>Es gibt nichts zu versuchen.</translation>
    </message>
    <message>
        <source>Choose at least one kind of password.</source>
        <translation>Wählen Sie mindestens eine Art von Passwörtern.</translation>
    </message>
    <message>
        <source>one try of each scheme is being timed …</source>
        <translation>je ein Versuch jedes Verfahrens wird gemessen …</translation>
    </message>
    <message>
        <source>No server can be tested.</source>
        <translation>Kein Server lässt sich prüfen.</translation>
    </message>
    <message>
        <source>This is more than six minutes of one core: it goes on at the lowest priority, but it is felt. Without your word it ends after six minutes.</source>
        <translation>Das sind mehr als sechs Minuten eines Kerns: es läuft mit niedrigster Priorität, ist aber zu spüren. Ohne Ihr Wort endet es nach sechs Minuten.</translation>
    </message>
    <message>
        <source>%1 candidates; authority in writing confirmed</source>
        <translation>%1 Kandidaten; schriftliche Befugnis bestätigt</translation>
    </message>
    <message>
        <source>%1 of %2 accounts</source>
        <translation>%1 von %2 Konten</translation>
    </message>
    <message>
        <source>%1 of %2 accounts tested</source>
        <translation>%1 von %2 Konten geprüft</translation>
    </message>
    <message>
        <source>%1 in a scheme that cannot be tested there</source>
        <translation>%1 in einem Verfahren, das dort nicht zu prüfen ist</translation>
    </message>
    <message>
        <source>%1 weak password</source>
        <translation>%1 schwaches Passwort</translation>
    </message>
    <message>
        <source>%1 weak passwords</source>
        <translation>%1 schwache Passwörter</translation>
    </message>
    <message>
        <source>ended before all were tested</source>
        <translation>beendet, bevor alle geprüft waren</translation>
    </message>
    <message>
        <source>No password that was tried opens an account.</source>
        <translation>Kein versuchtes Passwort öffnet ein Konto.</translation>
    </message>
    <message>
        <source>%1 could not be read: nobody there was tested</source>
        <translation>%1 war nicht lesbar: dort wurde niemand geprüft</translation>
    </message>
    <message>
        <source>Nothing was found, but not every account was tested: see each server above.</source>
        <translation>Nichts gefunden, aber nicht jedes Konto wurde geprüft: siehe jeden Server oben.</translation>
    </message>
    <message>
        <source>%1 account opens with a password that anybody would try. What it is, nobody learnt.</source>
        <translation>%1 Konto öffnet sich mit einem Passwort, das jeder versuchen würde. Welches, hat niemand erfahren.</translation>
    </message>
    <message>
        <source>%1 accounts open with passwords that anybody would try. What they are, nobody learnt.</source>
        <translation>%1 Konten öffnen sich mit Passwörtern, die jeder versuchen würde. Welche, hat niemand erfahren.</translation>
    </message>
</context>
<context>
    <name>mailward::AccountTableModel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>no account named</source>
        <translation>kein Konto genannt</translation>
    </message>
</context>
<context>
    <name>mailward::AccountsPage</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Contain …</source>
        <translation>Zurückholen …</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>Passwörter</translation>
    </message>
    <message>
        <source>Which accounts are shown</source>
        <translation>Welche Konten gezeigt werden</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>At risk</source>
        <translation>Gefährdet</translation>
    </message>
    <message>
        <source>Not used for 30 days</source>
        <translation>Seit 30 Tagen unbenutzt</translation>
    </message>
    <message>
        <source>Names that never got in</source>
        <translation>Namen, die nie hineinkamen</translation>
    </message>
    <message>
        <source>Search name, network, country, reason</source>
        <translation>Name, Netz, Land oder Grund suchen</translation>
    </message>
    <message>
        <source>Search accounts</source>
        <translation>Konten suchen</translation>
    </message>
    <message>
        <source>Read places and ages from the servers</source>
        <translation>Orte und Alter von den Servern lesen</translation>
    </message>
    <message>
        <source>Look for weak passwords …</source>
        <translation>Schwache Passwörter suchen …</translation>
    </message>
    <message>
        <source>What the servers enforce …</source>
        <translation>Was die Server durchsetzen …</translation>
    </message>
    <message>
        <source>Help about accounts</source>
        <translation>Hilfe zu Konten</translation>
    </message>
    <message>
        <source>%1 in use</source>
        <translation>%1 in Gebrauch</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>%1 unusual</source>
        <translation>%1 ungewöhnlich</translation>
    </message>
    <message>
        <source>%1 attacked</source>
        <translation>%1 angegriffen</translation>
    </message>
    <message>
        <source>%1 not used for 30 days</source>
        <translation>%1 seit 30 Tagen unbenutzt</translation>
    </message>
    <message>
        <source>%1 names that never got in</source>
        <translation>%1 Namen, die nie hineinkamen</translation>
    </message>
    <message>
        <source>30 days to %1</source>
        <translation>30 Tage bis %1</translation>
    </message>
    <message>
        <source>Contain %1 …</source>
        <translation>%1 zurückholen …</translation>
    </message>
    <message>
        <source>No accounts yet</source>
        <translation>Noch keine Konten</translation>
    </message>
    <message>
        <source>Once a log names an account, it stands here with its risk, where it is used from, and what it does beside its own past.
Add a server on the page Servers, or drop log files onto this window.</source>
        <translation>Sobald ein Protokoll ein Konto nennt, steht es hier: sein Risiko, von wo es benutzt wird und was anders ist als sonst.
Fügen Sie auf der Seite Server einen Server hinzu, oder ziehen Sie Protokolldateien auf dieses Fenster.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No account here has this in its name, its networks, its countries or its reasons. Take the search away, or show other accounts.</source>
        <translation>Kein Konto hier hat das im Namen, in seinen Netzen, Ländern oder Gründen. Nehmen Sie die Suche weg, oder zeigen Sie andere Konten.</translation>
    </message>
    <message>
        <source>No account is at risk</source>
        <translation>Kein Konto ist gefährdet</translation>
    </message>
    <message>
        <source>None is opened, unusual, attacked or tried with an old password.</source>
        <translation>Keines ist geöffnet, ungewöhnlich, angegriffen oder wird mit einem alten Passwort versucht.</translation>
    </message>
    <message>
        <source>Every account was used</source>
        <translation>Jedes Konto wurde benutzt</translation>
    </message>
    <message>
        <source>Each account that ever got in or sent mail did so in these 30 days.</source>
        <translation>Jedes Konto, das je hineinkam oder Mail sandte, tat das in diesen 30 Tagen.</translation>
    </message>
    <message>
        <source>No other names</source>
        <translation>Keine anderen Namen</translation>
    </message>
    <message>
        <source>Every name that was tried got in at some time.</source>
        <translation>Jeder versuchte Name kam irgendwann hinein.</translation>
    </message>
    <message>
        <source>No account got in</source>
        <translation>Kein Konto kam hinein</translation>
    </message>
    <message>
        <source>The logs name accounts, but none of them was let in or sent mail.</source>
        <translation>Die Protokolle nennen Konten, aber keines wurde eingelassen oder sandte Mail.</translation>
    </message>
    <message>
        <source>Never logged in</source>
        <translation>Nie angemeldet</translation>
    </message>
    <message>
        <source>No second factor</source>
        <translation>Kein zweiter Faktor</translation>
    </message>
    <message>
        <source>No account is known to be unused</source>
        <translation>Von keinem Konto ist bekannt, dass es unbenutzt ist</translation>
    </message>
    <message>
        <source>An account stands here when its server knows that nobody ever logged in, or when the logs begin before it was made and name no log-in. Read the passwords&apos; facts from the servers first.</source>
        <translation>Ein Konto steht hier, wenn sein Server weiß, dass sich nie jemand anmeldete, oder wenn die Protokolle vor seiner Einrichtung beginnen und keine Anmeldung nennen. Fragen Sie zuerst die Server nach den Passwörtern.</translation>
    </message>
    <message>
        <source>No account is known to lack a second factor</source>
        <translation>Von keinem Konto ist bekannt, dass ihm ein zweiter Faktor fehlt</translation>
    </message>
    <message>
        <source>Few mail servers know of second factors at all (mailcow does); for all others this says nothing.</source>
        <translation>Wenige Mailserver kennen überhaupt zweite Faktoren (mailcow tut es); über alle anderen sagt dies nichts.</translation>
    </message>
    <message>
        <source>Earlier containments …</source>
        <translation>Frühere Eindämmungen …</translation>
    </message>
    <message>
        <source>Open a sealed file of new passwords …</source>
        <translation>Versiegelte Datei mit neuen Passwörtern öffnen …</translation>
    </message>
</context>
<context>
    <name>mailward::AddServerDialog</name>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Server hinzufügen</translation>
    </message>
    <message>
        <source>ask the server</source>
        <translation>den Server fragen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Letters, digits, dot and dash, such as mx1.</source>
        <translation>Buchstaben, Ziffern, Punkt und Strich, etwa mx1.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Name or address that sshd listens on.</source>
        <translation>Name oder Adresse, auf der sshd lauscht.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Needs to read the mail log (group adm on Debian). Blocking also needs root or the installed helper.</source>
        <translation>Muss das Mailprotokoll lesen dürfen (unter Debian Gruppe adm). Zum Sperren braucht es root oder den installierten Helfer.</translation>
    </message>
    <message>
        <source>Log in with</source>
        <translation>Anmelden mit</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>Schlüsseldatei</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>One path a line. Rotated and compressed older files are found by themselves.</source>
        <translation>Ein Pfad je Zeile. Rotierte und komprimierte ältere Dateien werden von selbst gefunden.</translation>
    </message>
    <message>
        <source>Clock&apos;s zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>The server&apos;s key is shown before anything is sent.</source>
        <translation>Der Schlüssel des Servers wird gezeigt, bevor etwas gesendet wird.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>SSH agent</source>
        <translation>SSH-Agent</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Questions and codes</source>
        <translation>Fragen und Codes</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Privater Schlüssel</translation>
    </message>
    <message>
        <source>Remember it in the desktop&apos;s keyring</source>
        <translation>Im Schlüsselbund merken</translation>
    </message>
    <message>
        <source>Allow old algorithms (SHA-1, CBC)</source>
        <translation>Alte Verfahren erlauben (SHA-1, CBC)</translation>
    </message>
    <message>
        <source>Kept in memory until Mailward ends; never written to a file, a log or a command line.</source>
        <translation>Bleibt im Speicher, bis Mailward endet; steht nie in einer Datei, einem Protokoll oder einer Befehlszeile.</translation>
    </message>
    <message>
        <source>More: jump host, time zone, old servers …</source>
        <translation>Mehr: Sprungrechner, Zeitzone, alte Server …</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Jump host as user@host:port; several with commas. Logged in to in the same way.</source>
        <translation>Sprungrechner als Benutzer@Rechner:Port; mehrere mit Kommas. Angemeldet wird ebenso.</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Zurücklesen</translation>
    </message>
    <message>
        <source>Such as Europe/Berlin; matters where the log&apos;s times have no zone. Empty: the server is asked.</source>
        <translation>Etwa Europe/Berlin; wichtig, wo die Zeiten im Protokoll keine Zone nennen. Leer: Der Server wird gefragt.</translation>
    </message>
    <message>
        <source>Only for a server that knows nothing newer: who taps the line may read it.</source>
        <translation>Nur für einen Server, der nichts Neueres kennt: Wer die Leitung anzapft, liest vielleicht mit.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Its events are stored under this name.</source>
        <translation>Unter diesem Namen sind seine Ereignisse gespeichert.</translation>
    </message>
    <message>
        <source>Save and connect</source>
        <translation>Speichern und verbinden</translation>
    </message>
    <message>
        <source>Connected to %1; its logs are being read. Looking at what it has …</source>
        <translation>Mit %1 verbunden; seine Protokolle werden gelesen. Es wird nachgesehen, was er hat …</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Connected; its logs are being read, and nothing is missing.</source>
        <translation>Verbunden; die Protokolle werden gelesen, und nichts fehlt.</translation>
    </message>
    <message>
        <source>Connected. One thing is missing; how to mend it stands below it.</source>
        <translation>Verbunden. Eines fehlt; darunter steht, wie es zu beheben ist.</translation>
    </message>
    <message>
        <source>Connected. %1 things are missing; how to mend each stands below it.</source>
        <translation>Verbunden. %1 Dinge fehlen; darunter steht jeweils, wie es zu beheben ist.</translation>
    </message>
    <message>
        <source>A new key is shown before anything is sent.</source>
        <translation>Ein neuer Schlüssel wird gezeigt, bevor etwas gesendet wird.</translation>
    </message>
</context>
<context>
    <name>mailward::AddressTableModel</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
</context>
<context>
    <name>mailward::AllowListDialog</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Never banned</source>
        <translation>Nie gesperrt</translation>
    </message>
    <message>
        <source>No plan bans a network that meets one of these, whatever it was made from. Your servers, the peers of open ssh sessions and special ranges are never banned anyway.</source>
        <translation>Kein Plan sperrt ein Netz, das eines von diesen berührt, woraus immer er entstand. Ihre Server, die Gegenstellen offener ssh-Sitzungen und besondere Bereiche werden ohnehin nie gesperrt.</translation>
    </message>
    <message>
        <source>Networks that are never banned</source>
        <translation>Netze, die nie gesperrt werden</translation>
    </message>
    <message>
        <source>address or network</source>
        <translation>Adresse oder Netz</translation>
    </message>
    <message>
        <source>Address or network</source>
        <translation>Adresse oder Netz</translation>
    </message>
    <message>
        <source>why, for whoever reads this in a year</source>
        <translation>warum, für alle, die es in einem Jahr lesen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Type an address or a network first.</source>
        <translation>Geben Sie zuerst eine Adresse oder ein Netz ein.</translation>
    </message>
    <message>
        <source>“%1” is neither an address nor a network such as 192.0.2.0/24.</source>
        <translation>„%1“ ist weder eine Adresse noch ein Netz wie 192.0.2.0/24.</translation>
    </message>
</context>
<context>
    <name>mailward::AllowTableModel</name>
    <message>
        <source>Never banned</source>
        <translation>Nie gesperrt</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>over</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>%1 ban meets it</source>
        <translation>%1 Sperre berührt es</translation>
    </message>
    <message>
        <source>%1 bans meet it</source>
        <translation>%1 Sperren berühren es</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>gilt</translation>
    </message>
</context>
<context>
    <name>mailward::AuditPage</name>
    <message>
        <source>Audit</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>not verified yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message>
        <source>Verify the chain</source>
        <translation>Kette prüfen</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Nothing has been changed yet</source>
        <translation>Noch nichts geändert</translation>
    </message>
    <message>
        <source>Every change on a server is written down here before it is made, with who made it and what came of it.</source>
        <translation>Jede Änderung auf einem Server steht hier, bevor sie geschieht: von wem sie kam und was daraus wurde.</translation>
    </message>
</context>
<context>
    <name>mailward::AuditTableModel</name>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>In detail</source>
        <translation>Im Einzelnen</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>unbroken</source>
        <translation>unversehrt</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>gebrochen</translation>
    </message>
</context>
<context>
    <name>mailward::BanListDialog</name>
    <message>
        <source>Preview …</source>
        <translation>Vorschau …</translation>
    </message>
    <message>
        <source>Ban a list or a country</source>
        <translation>Eine Liste oder ein Land sperren</translation>
    </message>
    <message>
        <source>Nothing is done on a server before you have seen it.</source>
        <translation>Auf keinem Server geschieht etwas, bevor Sie es gesehen haben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Which networks</source>
        <translation>Welche Netze</translation>
    </message>
    <message>
        <source>Open a file …</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>A whole country</source>
        <translation>Ein ganzes Land</translation>
    </message>
    <message>
        <source>or a whole country …</source>
        <translation>oder ein ganzes Land …</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>Die Liste</translation>
    </message>
    <message>
        <source>Paste a list: plain prefixes, ranges, ipset, nft, iptables-save, hosts.deny,
Cisco object groups and access lists. Any mixture is fine.</source>
        <translation>Liste einfügen: Netze, Bereiche, ipset, nft, iptables-save, hosts.deny,
Cisco object-group und access-list. Jede Mischung ist recht.</translation>
    </message>
    <message>
        <source>That is more than fits here: open it as a file.</source>
        <translation>Das ist mehr, als hier hineinpasst: Öffnen Sie es als Datei.</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>log-in ports: 110 143 465 587 993 995 4190</source>
        <translation>Anmeldeports: 110 143 465 587 993 995 4190</translation>
    </message>
    <message>
        <source>log-in ports and SSH (22)</source>
        <translation>Anmeldeports und SSH (22)</translation>
    </message>
    <message>
        <source>all ports, incoming mail (25) too</source>
        <translation>alle Ports, auch eingehende Mail (25)</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Open a list</source>
        <translation>Liste öffnen</translation>
    </message>
    <message>
        <source>Reading ...</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 network</source>
        <translation>%1 Netz</translation>
    </message>
    <message>
        <source>%1 networks</source>
        <translation>%1 Netze</translation>
    </message>
    <message>
        <source> · %1, the first is line %2</source>
        <translation> · %1, die erste ist Zeile %2</translation>
    </message>
    <message>
        <source>%1 line was not understood</source>
        <translation>%1 Zeile wurde nicht verstanden</translation>
    </message>
    <message>
        <source>%1 lines were not understood</source>
        <translation>%1 Zeilen wurden nicht verstanden</translation>
    </message>
</context>
<context>
    <name>mailward::BanTableModel</name>
    <message>
        <source>as planned</source>
        <translation>wie geplant</translation>
    </message>
    <message>
        <source>missing on the server</source>
        <translation>fehlt auf dem Server</translation>
    </message>
    <message>
        <source>made by others</source>
        <translation>von anderen</translation>
    </message>
    <message>
        <source>changed by others</source>
        <translation>von anderen geändert</translation>
    </message>
    <message>
        <source>all ports</source>
        <translation>alle Ports</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Remaining</source>
        <translation>Noch</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Dropped by its set</source>
        <translation>Vom Satz abgewiesen</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 Pakete</translation>
    </message>
    <message>
        <source>%1 bytes, by all bans of these ports together, since the rule was last written</source>
        <translation>%1 Bytes, von allen Sperren dieser Ports zusammen, seit die Regel zuletzt geschrieben wurde</translation>
    </message>
</context>
<context>
    <name>mailward::BansController</name>
    <message>
        <source>read at %1</source>
        <translation>gelesen um %1</translation>
    </message>
    <message>
        <source>%1 none</source>
        <translation>%1 keine</translation>
    </message>
    <message>
        <source>%1 until %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>pasted list</source>
        <translation>eingefügte Liste</translation>
    </message>
    <message>
        <source>%1 network will never be banned</source>
        <translation>%1 Netz wird nie gesperrt</translation>
    </message>
    <message>
        <source>%1 networks will never be banned</source>
        <translation>%1 Netze werden nie gesperrt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>The allow-list has %1 entries; new: %2; gone: %3</source>
        <translation>Die Liste der nie gesperrten hat %1 Einträge; neu: %2; entfallen: %3</translation>
    </message>
</context>
<context>
    <name>mailward::BansPage</name>
    <message>
        <source>Bans</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Bans in force</source>
        <translation>Geltende Sperren</translation>
    </message>
    <message>
        <source>Read back now</source>
        <translation>Jetzt zurücklesen</translation>
    </message>
    <message>
        <source>Nothing is banned</source>
        <translation>Nichts ist gesperrt</translation>
    </message>
    <message>
        <source>Bans show up here as the servers report them, with who made them, why, and when they end. Start one from Triage: choose addresses and pick Ban.</source>
        <translation>Hier erscheinen Sperren so, wie die Server sie melden: von wem, warum und bis wann. Beginnen Sie in der Triage: Adressen auswählen und „Sperren“.</translation>
    </message>
    <message>
        <source>%1, beside %2</source>
        <translation>%1, neben %2</translation>
    </message>
    <message>
        <source>; no effect on %1</source>
        <translation>; ohne Wirkung auf %1</translation>
    </message>
    <message>
        <source>not read: %1</source>
        <translation>nicht gelesen: %1</translation>
    </message>
    <message>
        <source>%1 ban is missing</source>
        <translation>%1 Sperre fehlt</translation>
    </message>
    <message>
        <source>%1 bans are missing</source>
        <translation>%1 Sperren fehlen</translation>
    </message>
    <message>
        <source>%1 entry is somebody else&apos;s</source>
        <translation>%1 Eintrag stammt von jemand anderem</translation>
    </message>
    <message>
        <source>%1 entries are somebody else&apos;s</source>
        <translation>%1 Einträge stammen von jemand anderem</translation>
    </message>
    <message>
        <source>our rules were changed</source>
        <translation>unsere Regeln wurden geändert</translation>
    </message>
    <message>
        <source>as planned</source>
        <translation>wie geplant</translation>
    </message>
    <message>
        <source>drifted: %1</source>
        <translation>abgewichen: %1</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Lift …</source>
        <translation>Aufheben …</translation>
    </message>
    <message>
        <source>Lift everywhere …</source>
        <translation>Überall aufheben …</translation>
    </message>
    <message>
        <source>End in</source>
        <translation>Endet in</translation>
    </message>
    <message>
        <source>Who banned it, and why</source>
        <translation>Wer hat es gesperrt, und warum</translation>
    </message>
    <message>
        <source>No ban meets your search</source>
        <translation>Keine Sperre passt zu Ihrer Suche</translation>
    </message>
    <message>
        <source>Escape shows all of them again.</source>
        <translation>Escape zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Ban a list or country …</source>
        <translation>Liste oder Land sperren …</translation>
    </message>
    <message>
        <source>Never banned …</source>
        <translation>Nie gesperrt …</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>The chosen bans, or all that are shown, for a firewall that somebody else manages</source>
        <translation>Die gewählten Sperren oder alle gezeigten, für eine Firewall, die jemand anderes verwaltet</translation>
    </message>
    <message>
        <source>Who banned this address, and why?</source>
        <translation>Wer hat diese Adresse gesperrt, und warum?</translation>
    </message>
    <message>
        <source>Search the bans</source>
        <translation>Sperren durchsuchen</translation>
    </message>
    <message>
        <source>Lets the chosen networks in again</source>
        <translation>Lässt die gewählten Netze wieder ein</translation>
    </message>
    <message>
        <source>Lets the chosen networks in again on every server</source>
        <translation>Lässt die gewählten Netze auf jedem Server wieder ein</translation>
    </message>
    <message>
        <source>Lets the chosen bans end sooner or later</source>
        <translation>Lässt die gewählten Sperren früher oder später enden</translation>
    </message>
    <message>
        <source>%1 by Mailward</source>
        <translation>%1 von Mailward</translation>
    </message>
    <message>
        <source>%1 by Mailward, %2 by others</source>
        <translation>%1 von Mailward, %2 von anderen</translation>
    </message>
    <message>
        <source>nothing dropped yet</source>
        <translation>noch nichts abgewiesen</translation>
    </message>
    <message>
        <source>drops are not counted</source>
        <translation>Abgewiesenes wird nicht gezählt</translation>
    </message>
    <message>
        <source>%1 packets dropped</source>
        <translation>%1 Pakete abgewiesen</translation>
    </message>
    <message>
        <source>forgotten at a reboot</source>
        <translation>beim Neustart vergessen</translation>
    </message>
    <message>
        <source>Confirmed bans do not come back after a reboot there: see “After a reboot” in installer/server/README.md.</source>
        <translation>Bestätigte Sperren kehren dort nach einem Neustart nicht zurück: siehe „After a reboot“ in installer/server/README.md.</translation>
    </message>
    <message>
        <source>Put back …</source>
        <translation>Wiederherstellen …</translation>
    </message>
    <message>
        <source>Put back what is missing on %1</source>
        <translation>Stellt wieder her, was auf %1 fehlt</translation>
    </message>
</context>
<context>
    <name>mailward::CapabilityList</name>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>eingeschränkt</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the remedy for %1</source>
        <translation>Abhilfe zu %1 kopieren</translation>
    </message>
</context>
<context>
    <name>mailward::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>Passende Befehle</translation>
    </message>
</context>
<context>
    <name>mailward::ContainDialog</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Exactly what is sent</source>
        <translation>Genau das wird gesendet</translation>
    </message>
    <message>
        <source>Held mail</source>
        <translation>Angehaltene Mail</translation>
    </message>
    <message>
        <source>Forwards</source>
        <translation>Weiterleitungen</translation>
    </message>
    <message>
        <source>Held mail %1</source>
        <translation>Angehaltene Mail %1</translation>
    </message>
    <message>
        <source>Forwards %1</source>
        <translation>Weiterleitungen %1</translation>
    </message>
    <message>
        <source>%1 bits of chance each</source>
        <translation>je %1 Bit Zufall</translation>
    </message>
    <message>
        <source>Undo: they are locked again.</source>
        <translation>Rückgängig: Sie werden wieder gesperrt.</translation>
    </message>
    <message>
        <source>Undo: %1 come back as they were, for 7 days. Ended sessions stay ended, held mail stays held until you release it.</source>
        <translation>Rückgängig: %1 kommen 7 Tage lang zurück, wie sie waren. Beendete Sitzungen bleiben beendet, angehaltene Mail bleibt angehalten, bis Sie sie freigeben.</translation>
    </message>
    <message>
        <source>the old passwords</source>
        <translation>die alten Passwörter</translation>
    </message>
    <message>
        <source>the accounts</source>
        <translation>die Konten</translation>
    </message>
    <message>
        <source>Commands for %1</source>
        <translation>Befehle für %1</translation>
    </message>
    <message>
        <source>The new passwords are here and nowhere else: hand them over now. They are gone when this is closed.</source>
        <translation>Die neuen Passwörter stehen hier und sonst nirgends: Übergeben Sie sie jetzt. Sie sind weg, wenn dies geschlossen wird.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Print %1 slip …</source>
        <translation>%1 Zettel drucken …</translation>
    </message>
    <message>
        <source>Print %1 slips …</source>
        <translation>%1 Zettel drucken …</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Contain</source>
        <translation>Eindämmen</translation>
    </message>
    <message>
        <source>Unlock %1 account</source>
        <translation>%1 Konto entsperren</translation>
    </message>
    <message>
        <source>Unlock %1 accounts</source>
        <translation>%1 Konten entsperren</translation>
    </message>
    <message>
        <source>Contain %1 account</source>
        <translation>%1 Konto zurückholen</translation>
    </message>
    <message>
        <source>Contain %1 accounts</source>
        <translation>%1 Konten eindämmen</translation>
    </message>
    <message>
        <source>Delete mail</source>
        <translation>Mail löschen</translation>
    </message>
    <message>
        <source>Delete %1 held message for good?</source>
        <translation>%1 angehaltene Nachricht endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete %1 held messages for good?</source>
        <translation>%1 angehaltene Nachrichten endgültig löschen?</translation>
    </message>
    <message>
        <source>This cannot be undone. Look at the headers first: not everything in the queue need be the attacker&apos;s.</source>
        <translation>Das lässt sich nicht zurücknehmen. Sehen Sie zuerst die Kopfzeilen an: Nicht alles in der Warteschlange muss vom Angreifer sein.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Passwords not handed over</source>
        <translation>Passwörter nicht übergeben</translation>
    </message>
    <message>
        <source>%1 new password was neither printed nor sealed in a file.</source>
        <translation>%1 neues Passwort wurde weder gedruckt noch in einer Datei versiegelt.</translation>
    </message>
    <message>
        <source>%1 new passwords were neither printed nor sealed in a file.</source>
        <translation>%1 neue Passwörter wurden weder gedruckt noch in einer Datei versiegelt.</translation>
    </message>
    <message>
        <source>Once this is closed nobody knows them, and these people get in again only after another reset.</source>
        <translation>Ist dies geschlossen, kennt sie niemand mehr, und diese Leute kommen erst nach einem weiteren neuen Passwort wieder hinein.</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Take back a containment</source>
        <translation>Eine Eindämmung zurücknehmen</translation>
    </message>
    <message>
        <source>Go on with a containment</source>
        <translation>Eine Eindämmung fortsetzen</translation>
    </message>
    <message>
        <source>Contain accounts</source>
        <translation>Konten eindämmen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take back %1 account</source>
        <translation>%1 Konto zurücknehmen</translation>
    </message>
    <message>
        <source>Take back %1 accounts</source>
        <translation>%1 Konten zurücknehmen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with %1 account</source>
        <translation>Mit %1 Konto fortsetzen</translation>
    </message>
    <message>
        <source>Go on with %1 accounts</source>
        <translation>Mit %1 Konten fortsetzen</translation>
    </message>
</context>
<context>
    <name>mailward::ContainRuleTableModel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>Written in</source>
        <translation>Steht in</translation>
    </message>
</context>
<context>
    <name>mailward::ContainTableModel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Password kept in</source>
        <translation>Passwort liegt in</translation>
    </message>
    <message>
        <source>IMAP</source>
        <translation>IMAP</translation>
    </message>
    <message>
        <source>SMTP</source>
        <translation>SMTP</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Mail</translation>
    </message>
    <message>
        <source>Forwards</source>
        <translation>Weiterleitungen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Open IMAP and POP3 sessions</source>
        <translation>Offene IMAP- und POP3-Sitzungen</translation>
    </message>
    <message>
        <source>Open SMTP sessions</source>
        <translation>Offene SMTP-Sitzungen</translation>
    </message>
    <message>
        <source>Messages of this account in the queue</source>
        <translation>Nachrichten dieses Kontos in der Warteschlange</translation>
    </message>
    <message>
        <source>Redirects, forwards and application passwords to look at</source>
        <translation>Umleitungen, Weiterleitungen und App-Passwörter zum Ansehen</translation>
    </message>
</context>
<context>
    <name>mailward::ContainmentController</name>
    <message>
        <source>Another containment is under way, or its new passwords are not handed over yet.</source>
        <translation>Ein anderes Zurückholen läuft noch, oder seine neuen Passwörter sind noch nicht übergeben.</translation>
    </message>
    <message>
        <source>Finish that one first.</source>
        <translation>Beenden Sie erst jenes.</translation>
    </message>
    <message>
        <source>Contain %1 account</source>
        <translation>%1 Konto zurückholen</translation>
    </message>
    <message>
        <source>Contain %1 accounts</source>
        <translation>%1 Konten eindämmen</translation>
    </message>
    <message>
        <source>Looking the accounts up on every server …</source>
        <translation>Die Konten werden auf jedem Server nachgeschlagen …</translation>
    </message>
    <message>
        <source>These are too many accounts to list their redirects and forwards: contain those that you doubt in smaller numbers, or look at each.</source>
        <translation>Das sind zu viele Konten, um ihre Umleitungen und Weiterleitungen aufzulisten: die verdächtigen in kleinerer Zahl eindämmen oder einzeln ansehen.</translation>
    </message>
    <message>
        <source>No server can have an account of this name, so nothing is done about it: %1</source>
        <translation>Kein Server kann ein Konto dieses Namens haben, also geschieht damit nichts: %1</translation>
    </message>
    <message>
        <source>Each server takes the passwords back by itself after %1 unless we get in again.</source>
        <translation>Jeder Server nimmt die Passwörter nach %1 von selbst zurück, wenn wir nicht wieder hineinkommen.</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>sealed in %1</source>
        <translation>versiegelt in %1</translation>
    </message>
    <message>
        <source>%1 account unlocked</source>
        <translation>%1 Konto entsperrt</translation>
    </message>
    <message>
        <source>%1 accounts unlocked</source>
        <translation>%1 Konten entsperrt</translation>
    </message>
    <message>
        <source>%1 account contained</source>
        <translation>%1 Konto zurückgeholt</translation>
    </message>
    <message>
        <source>%1 accounts contained</source>
        <translation>%1 Konten zurückgeholt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Not all of it was done: the table says what and why.</source>
        <translation>Nicht alles gelang: die Tabelle sagt, was und warum.</translation>
    </message>
    <message>
        <source>Stopping after this batch …</source>
        <translation>Hält nach diesem Schub an …</translation>
    </message>
    <message>
        <source>Taking it back …</source>
        <translation>Wird zurückgenommen …</translation>
    </message>
    <message>
        <source>%1 account as it was before</source>
        <translation>%1 Konto wie vorher</translation>
    </message>
    <message>
        <source>%1 accounts as they were before</source>
        <translation>%1 Konten wie vorher</translation>
    </message>
    <message>
        <source>The new passwords were handed over: %1.</source>
        <translation>Die neuen Passwörter wurden übergeben: %1.</translation>
    </message>
    <message>
        <source>%1 message deleted</source>
        <translation>%1 Nachricht gelöscht</translation>
    </message>
    <message>
        <source>%1 messages deleted</source>
        <translation>%1 Nachrichten gelöscht</translation>
    </message>
    <message>
        <source>%1 message released</source>
        <translation>%1 Nachricht freigegeben</translation>
    </message>
    <message>
        <source>%1 messages released</source>
        <translation>%1 Nachrichten freigegeben</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Not all of it came back: the table says what and why.</source>
        <translation>Nicht alles kam zurück: die Tabelle sagt, was und warum.</translation>
    </message>
    <message>
        <source>%1 message was not changed</source>
        <translation>%1 Nachricht blieb, wie sie war</translation>
    </message>
    <message>
        <source>%1 messages were not changed</source>
        <translation>%1 Nachrichten blieben, wie sie waren</translation>
    </message>
    <message>
        <source>%1 on %2: %3</source>
        <translation>%1 auf %2: %3</translation>
    </message>
    <message>
        <source>Go on with a containment</source>
        <translation>Eine Eindämmung fortsetzen</translation>
    </message>
    <message>
        <source>Take a containment back</source>
        <translation>Eine Eindämmung zurücknehmen</translation>
    </message>
    <message>
        <source>Go on with %1 account</source>
        <translation>Mit %1 Konto fortsetzen</translation>
    </message>
    <message>
        <source>Go on with %1 accounts</source>
        <translation>Mit %1 Konten fortsetzen</translation>
    </message>
    <message>
        <source>Accounts whose new password nobody holds get another one. If it was kept in a sealed file, go on with that file: what it holds stays.</source>
        <translation>Konten, deren neues Passwort niemand hat, bekommen ein anderes. Wurde es in einer versiegelten Datei aufbewahrt, setzen Sie mit dieser Datei fort: Was sie enthält, bleibt.</translation>
    </message>
    <message>
        <source>Take %1 account back to what it was</source>
        <translation>%1 Konto zurückversetzen, wie es war</translation>
    </message>
    <message>
        <source>Take %1 accounts back to what they were</source>
        <translation>%1 Konten zurückversetzen, wie sie waren</translation>
    </message>
</context>
<context>
    <name>mailward::CountryTableModel</name>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>of all failures</source>
        <translation>aller Fehlversuche</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>unknown or private</source>
        <translation>unbekannt oder privat</translation>
    </message>
</context>
<context>
    <name>mailward::CutOffTableModel</name>
    <message>
        <source>not named in the log</source>
        <translation>im Protokoll nicht genannt</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation>Kommt aus</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Good log-ins</source>
        <translation>Gute Anmeldungen</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Another way in</source>
        <translation>Anderer Weg hinein</translation>
    </message>
    <message>
        <source>alone there</source>
        <translation>dort allein</translation>
    </message>
    <message>
        <source>office of %1 people</source>
        <translation>Büro von %1 Leuten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>mailward::DataTable</name>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy rows as CSV</source>
        <translation>Zeilen als CSV kopieren</translation>
    </message>
    <message>
        <source>Copy rows defanged</source>
        <translation>Zeilen entschärft kopieren</translation>
    </message>
    <message>
        <source>Export table as CSV …</source>
        <translation>Tabelle als CSV speichern …</translation>
    </message>
    <message>
        <source>Export table as JSON Lines …</source>
        <translation>Tabelle als JSON Lines speichern …</translation>
    </message>
</context>
<context>
    <name>mailward::Detail</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Versucht</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>Länder</translation>
    </message>
    <message>
        <source>Unknown country</source>
        <translation>Unbekanntes Land</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Most active</source>
        <translation>Am regsten</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Unknown network</source>
        <translation>Unbekanntes Netz</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Eingelassen</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>Mail</translation>
    </message>
    <message>
        <source>%1 sent, %2 bounced</source>
        <translation>%1 gesendet, %2 zurück</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Gesehen</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Also tried by</source>
        <translation>Auch versucht von</translation>
    </message>
    <message>
        <source>%1 other address</source>
        <translation>einer anderen Adresse</translation>
    </message>
    <message>
        <source>%1 other addresses</source>
        <translation>%1 anderen Adressen</translation>
    </message>
    <message>
        <source>Last let in</source>
        <translation>Zuletzt eingelassen</translation>
    </message>
    <message>
        <source>never in these logs</source>
        <translation>nie in diesen Protokollen</translation>
    </message>
    <message>
        <source> from </source>
        <translation> von </translation>
    </message>
    <message>
        <source>Nothing about this in the time shown.</source>
        <translation>In der gezeigten Zeit ist nichts darüber bekannt.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Log line and its neighbours</source>
        <translation>Zeile und ihre Nachbarn</translation>
    </message>
    <message>
        <source>says %1;</source>
        <translation>sagt %1;</translation>
    </message>
    <message>
        <source>says %1</source>
        <translation>sagt %1</translation>
    </message>
</context>
<context>
    <name>mailward::Detail::Part</name>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
</context>
<context>
    <name>mailward::DetailDrawer</name>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>More lines</source>
        <translation>Mehr Zeilen</translation>
    </message>
    <message>
        <source>Raw log lines</source>
        <translation>Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Click an address, an account or a line: who it is, what it tried, its raw lines and its bans show up here.</source>
        <translation>Klicken Sie auf eine Adresse, ein Konto oder eine Zeile: Wer es ist, was versucht wurde, Zeilen und Sperren erscheinen hier.</translation>
    </message>
    <message>
        <source>More verbs</source>
        <translation>Weitere Befehle</translation>
    </message>
    <message>
        <source>Filter to, exclude, copy …</source>
        <translation>Filtern, ausschließen, kopieren …</translation>
    </message>
    <message>
        <source>Back to the overview</source>
        <translation>Zurück zum Überblick</translation>
    </message>
    <message>
        <source>Raw lines, %1 of %2</source>
        <translation>Zeilen, %1 von %2</translation>
    </message>
    <message>
        <source>Raw lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Contain …</source>
        <translation>Eindämmen …</translation>
    </message>
    <message>
        <source>Fetching from %1 …</source>
        <translation>Wird von %1 geholt …</translation>
    </message>
    <message>
        <source>Fetch from %1</source>
        <translation>Von %1 holen</translation>
    </message>
</context>
<context>
    <name>mailward::DetectSettingsDialog</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Each further ban lasts twice as long</source>
        <translation>Jede weitere Sperre dauert doppelt so lang</translation>
    </message>
    <message>
        <source>Detectors</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>Your fail2ban jail</source>
        <translation>Ihr fail2ban-Jail</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Steht in %1</translation>
    </message>
    <message>
        <source>All to defaults</source>
        <translation>Alle auf Vorgabe</translation>
    </message>
    <message>
        <source>Search: fan-in, spray, bounce …</source>
        <translation>Suche: fan-in, spray, bounce …</translation>
    </message>
    <message>
        <source>Search the thresholds</source>
        <translation>Die Schwellen durchsuchen</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>%1 · default %2: %3</source>
        <translation>%1 · Vorgabe %2: %3</translation>
    </message>
    <message>
        <source> · false alarms have raised it to %1</source>
        <translation> · Fehlalarme haben sie auf %1 gehoben</translation>
    </message>
    <message>
        <source>Default of %1</source>
        <translation>Vorgabe von %1</translation>
    </message>
    <message>
        <source>Beside each incident stands what this jail would have stopped of it. Nothing on a server is changed by it.</source>
        <translation>Neben jedem Vorfall steht, was dieses Jail davon aufgehalten hätte. Auf einem Server ändert sich dadurch nichts.</translation>
    </message>
    <message>
        <source>Failures that bring a ban (maxretry)</source>
        <translation>Fehlversuche bis zur Sperre (maxretry)</translation>
    </message>
    <message>
        <source>Within (findtime)</source>
        <translation>Innerhalb von (findtime)</translation>
    </message>
    <message>
        <source>Length of a ban (bantime)</source>
        <translation>Länge einer Sperre (bantime)</translation>
    </message>
    <message>
        <source>Who changed what</source>
        <translation>Wer was geändert hat</translation>
    </message>
    <message>
        <source>Nothing was changed yet: all thresholds are the defaults.</source>
        <translation>Noch wurde nichts geändert: Alle Schwellen stehen auf Vorgabe.</translation>
    </message>
</context>
<context>
    <name>mailward::EventTableModel</name>
    <message>
        <source>refused</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>let in</source>
        <translation>eingelassen</translation>
    </message>
    <message>
        <source>gave up</source>
        <translation>aufgegeben</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>Tastversuch</translation>
    </message>
    <message>
        <source>mail rejected</source>
        <translation>Mail abgelehnt</translation>
    </message>
    <message>
        <source>mail accepted</source>
        <translation>Mail angenommen</translation>
    </message>
    <message>
        <source>mail sent</source>
        <translation>Mail gesendet</translation>
    </message>
    <message>
        <source>mail deferred</source>
        <translation>Mail verzögert</translation>
    </message>
    <message>
        <source>mail bounced</source>
        <translation>Mail zurück</translation>
    </message>
    <message>
        <source>bounce notice</source>
        <translation>Rücklaufmeldung</translation>
    </message>
    <message>
        <source>session ended</source>
        <translation>Sitzung beendet</translation>
    </message>
    <message>
        <source>ban</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>ban lifted</source>
        <translation>Sperre aufgehoben</translation>
    </message>
    <message>
        <source>server fault</source>
        <translation>Serverfehler</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
</context>
<context>
    <name>mailward::Facts</name>
    <message>
        <source>Incident</source>
        <translation>Vorfall</translation>
    </message>
    <message>
        <source>still running</source>
        <translation>dauert an</translation>
    </message>
    <message>
        <source>over</source>
        <translation>vorbei</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Evidence since</source>
        <translation>Belege seit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>%1 in %2, %3</source>
        <translation>%1 in %2, %3</translation>
    </message>
    <message>
        <source>%1 failure</source>
        <translation>%1 Fehlversuch</translation>
    </message>
    <message>
        <source>%1 failures</source>
        <translation>%1 Fehlversuche</translation>
    </message>
    <message>
        <source>Your jail</source>
        <translation>Ihr Jail</translation>
    </message>
    <message>
        <source>%1: stops %2 of the tries, %3 of %4</source>
        <translation>%1: hält %2 der Versuche auf, %3 von %4</translation>
    </message>
    <message>
        <source>%1 address</source>
        <translation>%1 Adresse</translation>
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 Adressen</translation>
    </message>
    <message>
        <source>and over this log cuts off %1 of %2</source>
        <translation>und sperrt in diesem Protokoll %1 von %2 aus</translation>
    </message>
    <message>
        <source>%1 good log-in</source>
        <translation>%1 gute Anmeldung</translation>
    </message>
    <message>
        <source>%1 good log-ins</source>
        <translation>%1 gute Anmeldungen</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 Person</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 Leute</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 addresses at 80 % or more</source>
        <translation>%1 · %2 von %3 Adressen mit 80 % oder mehr</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>Länder</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>mailward::FilterBar</name>
    <message>
        <source>Back to the filter before (Alt+Left)</source>
        <translation>Zurück zum vorigen Filter (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward again (Alt+Right)</source>
        <translation>Wieder vor (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Time zone of everything on screen</source>
        <translation>Zeitzone von allem, was zu sehen ist</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Ortszeit</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>%1: click to take it away</source>
        <translation>%1: Klick nimmt es weg</translation>
    </message>
    <message>
        <source>Filter %1, remove</source>
        <translation>Filter %1, entfernen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
</context>
<context>
    <name>mailward::FilterEdit</name>
    <message>
        <source>Filter: country:CN account:bob* ip:203.0.113.0/24 after:-6h</source>
        <translation>Filter: country:CN account:bob* ip:203.0.113.0/24 after:-6h</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>mailward::GeoImport</name>
    <message>
        <source>The file was not read to its end in a minute</source>
        <translation>Die Datei war nach einer Minute nicht zu Ende gelesen</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>This file makes its reader crash</source>
        <translation>Diese Datei lässt ihren Leser abstürzen</translation>
    </message>
    <message>
        <source>It is damaged or made to do harm: do not use it.</source>
        <translation>Sie ist beschädigt oder soll schaden: Verwenden Sie sie nicht.</translation>
    </message>
    <message>
        <source>Choose a database of countries (.mmdb) of MaxMind, DB-IP or ip-location-db.</source>
        <translation>Wählen Sie eine Länderdatenbank (.mmdb) von MaxMind, DB-IP oder ip-location-db.</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1 ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>It is larger than any known database of countries.</source>
        <translation>Sie ist größer als jede bekannte Länderdatenbank.</translation>
    </message>
    <message>
        <source>%1 could not be copied</source>
        <translation>%1 ließ sich nicht kopieren</translation>
    </message>
    <message>
        <source>The file could not be copied</source>
        <translation>Die Datei ließ sich nicht kopieren</translation>
    </message>
    <message>
        <source>The file could not be kept</source>
        <translation>Die Datei ließ sich nicht aufbewahren</translation>
    </message>
</context>
<context>
    <name>mailward::HeldMailTableModel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Queue id</source>
        <translation>Queue-ID</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Absender</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Handed in from</source>
        <translation>Eingeliefert von</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Eingegangen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>released</source>
        <translation>freigegeben</translation>
    </message>
</context>
<context>
    <name>mailward::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Help text</source>
        <translation>Hilfetext</translation>
    </message>
    <message>
        <source>What is this? (F1)</source>
        <translation>Was ist das? (F1)</translation>
    </message>
</context>
<context>
    <name>mailward::HostKeyDialog</name>
    <message>
        <source>This is not the key that was accepted for %1. Either the server was set up anew, or somebody stands in between. Nothing was sent to it, and nothing will be.</source>
        <translation>Das ist nicht der Schlüssel, der für %1 angenommen wurde. Entweder wurde der Server neu aufgesetzt, oder jemand steht dazwischen. Es wurde nichts dorthin gesendet und wird nichts gesendet.</translation>
    </message>
    <message>
        <source>This key is marked as revoked. Nothing was sent to %1, and nothing will be.</source>
        <translation>Dieser Schlüssel ist als widerrufen vermerkt. An %1 wurde nichts gesendet und wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Mailward has never talked to %1. Compare the fingerprint with what the server itself says, over a way that you trust: ssh-keygen -lf /etc/ssh/ssh_host_%2_key.pub</source>
        <translation>Mailward hat noch nie mit %1 gesprochen. Vergleichen Sie den Fingerabdruck mit dem, was der Server selbst sagt, auf einem Weg, dem Sie trauen: ssh-keygen -lf /etc/ssh/ssh_host_%2_key.pub</translation>
    </message>
    <message>
        <source>Stop: the server&apos;s key is wrong</source>
        <translation>Halt: Der Schlüssel des Servers ist falsch</translation>
    </message>
    <message>
        <source>First contact</source>
        <translation>Erster Kontakt</translation>
    </message>
    <message>
        <source>The key of %1 does not match</source>
        <translation>Der Schlüssel von %1 passt nicht</translation>
    </message>
    <message>
        <source>Is this really %1?</source>
        <translation>Ist das wirklich %1?</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Key type</source>
        <translation>Art des Schlüssels</translation>
    </message>
    <message>
        <source>Accepted before</source>
        <translation>Früher angenommen</translation>
    </message>
    <message>
        <source>Shown now</source>
        <translation>Jetzt gezeigt</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The fingerprint is right: accept</source>
        <translation>Der Fingerabdruck stimmt: annehmen</translation>
    </message>
</context>
<context>
    <name>mailward::ImportServersDialog</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import servers</source>
        <translation>Server importieren</translation>
    </message>
    <message>
        <source>Hosts of %1. Nothing is connected before you look at each server&apos;s key.</source>
        <translation>Rechner aus %1. Verbunden wird nichts, bevor Sie den Schlüssel jedes Servers gesehen haben.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Führt zu</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Bemerkungen</translation>
    </message>
    <message>
        <source>Hosts of the ssh configuration</source>
        <translation>Rechner der ssh-Konfiguration</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>ist schon da</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
</context>
<context>
    <name>mailward::IncidentCardWidget</name>
    <message>
        <source>What can be done with this incident</source>
        <translation>Was man mit diesem Vorfall tun kann</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Propose block</source>
        <translation>Sperre vorschlagen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Filter to</source>
        <translation>Filtern auf</translation>
    </message>
    <message>
        <source>Mark as a false alarm</source>
        <translation>Als Fehlalarm merken</translation>
    </message>
    <message>
        <source>No false alarm after all</source>
        <translation>Doch kein Fehlalarm</translation>
    </message>
    <message>
        <source>Detectors …</source>
        <translation>Erkennung …</translation>
    </message>
</context>
<context>
    <name>mailward::IncidentList</name>
    <message>
        <source>Show more (%1 left)</source>
        <translation>Weitere zeigen (noch %1)</translation>
    </message>
    <message>
        <source>Nothing out of the ordinary</source>
        <translation>Nichts Ungewöhnliches</translation>
    </message>
    <message>
        <source>No attack, no lost account and no spam is seen in the log. What turns up will stand here, the worst first.</source>
        <translation>Kein Angriff, kein verlorenes Konto und kein Spam im Protokoll. Was auftaucht, steht hier, das Schlimmste zuerst.</translation>
    </message>
    <message>
        <source>No log lines yet</source>
        <translation>Noch keine Zeilen</translation>
    </message>
    <message>
        <source>Attacks, lost accounts and spam will stand here, the worst first.</source>
        <translation>Angriffe, verlorene Konten und Spam stehen dann hier, das Schlimmste zuerst.</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Detectors …</source>
        <translation>Erkennung …</translation>
    </message>
    <message>
        <source>Thresholds, and the fail2ban jail that incidents are compared with</source>
        <translation>Schwellen und das fail2ban-Jail zum Vergleich</translation>
    </message>
</context>
<context>
    <name>mailward::IncidentsController</name>
    <message>
        <source>opened an account</source>
        <translation>öffnete ein Konto</translation>
    </message>
    <message>
        <source>takes part</source>
        <translation>beteiligt</translation>
    </message>
    <message>
        <source>Marked as a false alarm; %1 is now %2 here</source>
        <translation>Als Fehlalarm vermerkt; %1 ist hier jetzt %2</translation>
    </message>
    <message>
        <source>Take it back in the menu of the card. All thresholds: Detectors … in the menu of any card.</source>
        <translation>Nehmen Sie es im Menü der Karte zurück. Alle Schwellen: „Erkennung …“ im Menü jeder Karte.</translation>
    </message>
    <message>
        <source>Its password is new since %1: a device that was not told of it fails, and that is honest. Its places are not banned for 3 days.</source>
        <translation>Das Passwort ist neu seit %1: Ein Gerät, dem es niemand gesagt hat, scheitert, und das ist ehrlich. Seine Orte werden 3 Tage lang nicht gesperrt.</translation>
    </message>
</context>
<context>
    <name>mailward::Keychain</name>
    <message>
        <source>The desktop&apos;s secret service did not take the secret: %1</source>
        <translation>Der Schlüsselbund des Desktops nahm das Geheimnis nicht an: %1</translation>
    </message>
    <message>
        <source>It is kept in memory until Mailward ends.</source>
        <translation>Es bleibt im Speicher, bis Mailward endet.</translation>
    </message>
    <message>
        <source>This build knows no secret service.</source>
        <translation>Dieses Programm kennt keinen Schlüsselbund.</translation>
    </message>
</context>
<context>
    <name>mailward::LinkLabel</name>
    <message>
        <source>Link: opens the details</source>
        <translation>Link: öffnet die Einzelheiten</translation>
    </message>
</context>
<context>
    <name>mailward::MainWindow</name>
    <message>
        <source>Mailward</source>
        <translation>Mailward</translation>
    </message>
    <message>
        <source>Type a filter</source>
        <translation>Filter eingeben</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Clear the whole filter</source>
        <translation>Ganzen Filter leeren</translation>
    </message>
    <message>
        <source>Give up the selection</source>
        <translation>Auswahl aufgeben</translation>
    </message>
    <message>
        <source>Open log files …</source>
        <translation>Protokolle öffnen …</translation>
    </message>
    <message>
        <source>Add a server …</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Pull from all servers</source>
        <translation>Von allen Servern holen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Auffrischen</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About Mailward</source>
        <translation>Über Mailward</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Menü (F10)</translation>
    </message>
    <message>
        <source>Theme: as the desktop</source>
        <translation>Aussehen: wie die Arbeitsfläche</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Aussehen: hell</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Aussehen: dunkel</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation>%1 konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Open log files</source>
        <translation>Protokolle öffnen</translation>
    </message>
    <message>
        <source>Save the picture as</source>
        <translation>Bild speichern unter</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Bild (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Earlier containments …</source>
        <translation>Frühere Eindämmungen …</translation>
    </message>
    <message>
        <source>Open a sealed file of new passwords …</source>
        <translation>Versiegelte Datei mit neuen Passwörtern öffnen …</translation>
    </message>
</context>
<context>
    <name>mailward::MapPanel</name>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>Woher</translation>
    </message>
    <message>
        <source>failing addresses</source>
        <translation>erfolglose Adressen</translation>
    </message>
    <message>
        <source>failed attempts</source>
        <translation>Fehlversuche</translation>
    </message>
    <message>
        <source>let in</source>
        <translation>eingelassen</translation>
    </message>
    <message>
        <source>What the map counts</source>
        <translation>Was die Karte zählt</translation>
    </message>
    <message>
        <source>Failing addresses of which no country is known: filters to them</source>
        <translation>Erfolglose Adressen ohne bekanntes Land: filtert auf sie</translation>
    </message>
    <message>
        <source>Failing addresses that no country has: private, shared by carriers, for documentation</source>
        <translation>Erfolglose Adressen, die kein Land hat: privat, von Betreibern geteilt, für Dokumentation</translation>
    </message>
    <message>
        <source>Scale of the map&apos;s shades</source>
        <translation>Skala der Karte</translation>
    </message>
    <message>
        <source>Help about the map</source>
        <translation>Hilfe zur Karte</translation>
    </message>
    <message>
        <source>unknown %1</source>
        <translation>unbekannt %1</translation>
    </message>
    <message>
        <source>private %1</source>
        <translation>privat %1</translation>
    </message>
</context>
<context>
    <name>mailward::MapWidget</name>
    <message>
        <source>World map of failing addresses</source>
        <translation>Weltkarte erfolgloser Adressen</translation>
    </message>
    <message>
        <source>Left and right go through the countries, Enter filters, plus and minus zoom, 0 shows the whole world.</source>
        <translation>Links und rechts gehen durch die Länder, Enter filtert, Plus und Minus vergrößern und verkleinern, 0 zeigt die ganze Welt.</translation>
    </message>
    <message>
        <source>The map&apos;s data is not there. Figures by country are in the table below.</source>
        <translation>Die Daten der Karte fehlen. Zahlen nach Land stehen in der Tabelle darunter.</translation>
    </message>
    <message>
        <source>most of your people</source>
        <translation>die meisten Ihrer Leute</translation>
    </message>
    <message>
        <source>nothing seen from here</source>
        <translation>von hier nichts gesehen</translation>
    </message>
    <message>
        <source>%1 failing addresses, %2 of all</source>
        <translation>%1 erfolglose Adressen, %2 von allen</translation>
    </message>
    <message>
        <source>%1 failed, %2 let in</source>
        <translation>%1 Fehlversuche, %2 eingelassen</translation>
    </message>
    <message>
        <source>most of your people are here</source>
        <translation>die meisten Ihrer Leute sind hier</translation>
    </message>
    <message>
        <source>Save the map as a picture …</source>
        <translation>Karte als Bild speichern …</translation>
    </message>
</context>
<context>
    <name>mailward::NetworkTableModel</name>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Erfolg</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>not announced or unknown</source>
        <translation>nicht angekündigt oder unbekannt</translation>
    </message>
</context>
<context>
    <name>mailward::NoticeBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Earlier containments …</source>
        <translation>Frühere Eindämmungen …</translation>
    </message>
</context>
<context>
    <name>mailward::PlanTray</name>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>What is in the plan</source>
        <translation>Was im Plan steht</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Undo now</source>
        <translation>Jetzt zurücknehmen</translation>
    </message>
    <message>
        <source>Share of the attackers covered</source>
        <translation>Anteil der erfassten Angreifer</translation>
    </message>
    <message>
        <source>Time left before the servers undo it</source>
        <translation>Zeit, bis die Server es zurücknehmen</translation>
    </message>
    <message>
        <source>Nothing planned. Choose addresses, networks or countries and pick Ban: nothing is done on a server before you have seen it.</source>
        <translation>Nichts geplant. Wählen Sie Adressen, Netze oder Länder und „Sperren“: Auf keinem Server geschieht etwas, bevor Sie es gesehen haben.</translation>
    </message>
    <message>
        <source>%1 prefix</source>
        <translation>%1 Präfix</translation>
    </message>
    <message>
        <source>%1 prefixes</source>
        <translation>%1 Präfixe</translation>
    </message>
    <message>
        <source>log-in ports</source>
        <translation>Anmelde-Ports</translation>
    </message>
    <message>
        <source>no server</source>
        <translation>kein Server</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 Server</translation>
    </message>
    <message>
        <source>Apply to %1 server …</source>
        <translation>Auf %1 Server anwenden …</translation>
    </message>
    <message>
        <source>Apply to %1 servers …</source>
        <translation>Auf %1 Server anwenden …</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>Sanft</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>Hart</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 Person</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 Leute</translation>
    </message>
    <message>
        <source>Take out %1</source>
        <translation>%1 herausnehmen</translation>
    </message>
    <message>
        <source>Log-in ports: %1</source>
        <translation>Anmeldeports: %1</translation>
    </message>
    <message>
        <source>Log-in ports and SSH (22)</source>
        <translation>Anmeldeports und SSH (22)</translation>
    </message>
    <message>
        <source>All ports, incoming mail (25) too</source>
        <translation>Alle Ports, auch ankommende Mail (25)</translation>
    </message>
    <message>
        <source>%1 of the failures shown</source>
        <translation>%1 der gezeigten Fehlversuche</translation>
    </message>
    <message>
        <source>covers %1 of the attackers</source>
        <translation>erfasst %1 der Angreifer</translation>
    </message>
    <message>
        <source>who is cut off: see the preview</source>
        <translation>wen es trifft: siehe Vorschau</translation>
    </message>
    <message>
        <source>0 people cut off</source>
        <translation>0 Leute abgeschnitten</translation>
    </message>
    <message>
        <source>cuts off %1 account</source>
        <translation>schneidet %1 Konto ab</translation>
    </message>
    <message>
        <source>cuts off %1 accounts</source>
        <translation>schneidet %1 Konten ab</translation>
    </message>
    <message>
        <source>Enforced. The servers undo it by themselves in %1 unless you keep it.</source>
        <translation>In Kraft. Die Server nehmen es in %1 von selbst zurück, wenn Sie es nicht behalten.</translation>
    </message>
    <message>
        <source>The servers are undoing it.</source>
        <translation>Die Server nehmen es zurück.</translation>
    </message>
    <message>
        <source>How hard: gentle, balanced or hard</source>
        <translation>Wie hart: sanft, ausgewogen oder hart</translation>
    </message>
    <message>
        <source>%1: %2, covers %3 of the attackers and %4 of those that come next, cuts off %5</source>
        <translation>%1: %2, trifft %3 der Angreifer und %4 der nächsten, sperrt %5 aus</translation>
    </message>
    <message>
        <source>, %1 of the next</source>
        <translation>, %1 der nächsten</translation>
    </message>
</context>
<context>
    <name>mailward::PolicyDialog</name>
    <message>
        <source>What the servers enforce about passwords</source>
        <translation>Was die Server an Passwörtern durchsetzen</translation>
    </message>
    <message>
        <source>Judged by NIST SP 800-63B-4: long passwords and a list of those that everybody tries; no rules about which characters, no change by the calendar, a change when there is a sign of loss. A password that was given out must expire at its first use.</source>
        <translation>Gemessen an NIST SP 800-63B-4: lange Passwörter und eine Liste derer, die alle probieren; keine Regeln über Zeichenarten, kein Wechsel nach Kalender, ein Wechsel bei Zeichen von Verlust. Ein ausgegebenes Passwort muss beim ersten Gebrauch verfallen.</translation>
    </message>
    <message>
        <source>The servers are being asked …</source>
        <translation>Die Server werden gefragt …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is no server to ask.</source>
        <translation>Es gibt keinen Server, den man fragen könnte.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the remedy for: %1</source>
        <translation>Abhilfe kopieren zu: %1</translation>
    </message>
</context>
<context>
    <name>mailward::PreviewDialog</name>
    <message>
        <source>Preview: nothing has been done yet</source>
        <translation>Vorschau: Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Each server undoes it by itself after %1 unless you keep it.</source>
        <translation>Jeder Server nimmt es nach %1 von selbst zurück, wenn Sie es nicht behalten.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Apply to %1 server</source>
        <translation>Auf %1 Server anwenden</translation>
    </message>
    <message>
        <source>Apply to %1 servers</source>
        <translation>Auf %1 Servern anwenden</translation>
    </message>
    <message>
        <source>How many people lose their only way in</source>
        <translation>Wie viele Leute ihren einzigen Weg hinein verlieren</translation>
    </message>
    <message>
        <source>Type how many people lose their only way in:</source>
        <translation>Tippen Sie, wie viele Leute ihren einzigen Weg hinein verlieren:</translation>
    </message>
    <message>
        <source>addresses seen are hit</source>
        <translation>gesehene Adressen getroffen</translation>
    </message>
    <message>
        <source>failures of theirs in the logs</source>
        <translation>ihrer Fehlversuche in den Protokollen</translation>
    </message>
    <message>
        <source>accounts cut off there</source>
        <translation>Konten dort ausgesperrt</translation>
    </message>
    <message>
        <source>with no other way in</source>
        <translation>ohne anderen Weg hinein</translation>
    </message>
    <message>
        <source>good log-ins in %1 days</source>
        <translation>gute Anmeldungen in %1 Tagen</translation>
    </message>
    <message>
        <source>Refused by the guards</source>
        <translation>Von den Wachen abgelehnt</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Who would be cut off</source>
        <translation>Wer ausgesperrt würde</translation>
    </message>
    <message>
        <source>Nobody: in the last %1 days no good log-in came from there.</source>
        <translation>Niemand: In den letzten %1 Tagen kam von dort keine gute Anmeldung.</translation>
    </message>
    <message>
        <source>The names could not be listed; the figures above count them.</source>
        <translation>Die Namen ließen sich nicht auflisten; die Zahlen oben zählen sie mit.</translation>
    </message>
    <message>
        <source>Exactly what is sent</source>
        <translation>Genau das wird gesendet</translation>
    </message>
    <message>
        <source>Commands for %1</source>
        <translation>Befehle für %1</translation>
    </message>
    <message>
        <source>Nothing: no server is chosen, or none is ready.</source>
        <translation>Nichts: Kein Server ist gewählt, oder keiner ist bereit.</translation>
    </message>
    <message>
        <source>Letting somebody in locks nobody out: done at once, nothing to confirm.</source>
        <translation>Jemanden einzulassen sperrt niemanden aus: sofort erledigt, nichts zu bestätigen.</translation>
    </message>
    <message>
        <source>Lift on %1 server</source>
        <translation>Auf %1 Server aufheben</translation>
    </message>
    <message>
        <source>Lift on %1 servers</source>
        <translation>Auf %1 Servern aufheben</translation>
    </message>
</context>
<context>
    <name>mailward::ResponseController</name>
    <message>
        <source>Applied before the console was closed, and not confirmed yet.</source>
        <translation>Angewendet, bevor die Konsole geschlossen wurde, und noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>%1: an unfinished plan stands at &apos;%2&apos;</source>
        <translation>%1: ein unfertiger Plan steht bei „%2“</translation>
    </message>
    <message>
        <source>A plan is under way: confirm it or undo it first.</source>
        <translation>Ein Plan ist unterwegs: Bestätigen Sie ihn, oder nehmen Sie ihn zuerst zurück.</translation>
    </message>
    <message>
        <source>Looking for the smallest block that ends it ...</source>
        <translation>Die kleinste Sperre, die es beendet, wird gesucht …</translation>
    </message>
    <message>
        <source>No block helps against this without cutting off your own people.</source>
        <translation>Keine Sperre hilft dagegen, ohne Ihre eigenen Leute auszusperren.</translation>
    </message>
    <message>
        <source>Contain the accounts, or choose addresses by hand.</source>
        <translation>Dämmen Sie die Konten ein, oder wählen Sie Adressen von Hand.</translation>
    </message>
    <message>
        <source>No server is chosen.</source>
        <translation>Kein Server ist gewählt.</translation>
    </message>
    <message>
        <source>Add a server on the page Servers, or choose one in the tray.</source>
        <translation>Fügen Sie auf der Seite „Server“ einen hinzu, oder wählen Sie unten im Plan einen aus.</translation>
    </message>
    <message>
        <source>Reading what the servers enforce now ...</source>
        <translation>Es wird gelesen, was die Server jetzt durchsetzen …</translation>
    </message>
    <message>
        <source>%1 people would lose their only way in: the preview asks for that number.</source>
        <translation>%1 Leute verlören ihren einzigen Weg hinein: Die Vorschau fragt nach dieser Zahl.</translation>
    </message>
    <message>
        <source>Applying, one server after the other ...</source>
        <translation>Wird angewendet, ein Server nach dem anderen …</translation>
    </message>
    <message>
        <source>Confirming over a new connection ...</source>
        <translation>Wird über eine neue Verbindung bestätigt …</translation>
    </message>
    <message>
        <source>Taking it back ...</source>
        <translation>Wird zurückgenommen …</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing was to change: all of it is enforced already.</source>
        <translation>Nichts war zu ändern: Alles gilt schon.</translation>
    </message>
    <message>
        <source>Lifting ...</source>
        <translation>Wird aufgehoben …</translation>
    </message>
    <message>
        <source>Kept on %1.</source>
        <translation>Behalten auf %1.</translation>
    </message>
    <message>
        <source>A reboot of %1 would forget it: the page Bans says how to keep it.</source>
        <translation>Ein Neustart von %1 würde es vergessen: Die Seite „Sperren“ sagt, wie es bleibt.</translation>
    </message>
    <message>
        <source>Lifted on %1.</source>
        <translation>Aufgehoben auf %1.</translation>
    </message>
    <message>
        <source>Taken back on %1.</source>
        <translation>Zurückgenommen auf %1.</translation>
    </message>
    <message>
        <source>Not confirmed in time. Asking the servers whether they took it back ...</source>
        <translation>Nicht rechtzeitig bestätigt. Die Server werden gefragt, ob sie es zurückgenommen haben …</translation>
    </message>
    <message>
        <source>%1 does not say whether it took the plan back: %2</source>
        <translation>%1 sagt nicht, ob der Plan zurückgenommen wurde: %2</translation>
    </message>
    <message>
        <source>By itself it does so after %1 s. The page Bans shows what stands there as soon as it answers.</source>
        <translation>Von selbst geschieht es nach %1 s. Die Seite „Sperren“ zeigt, was dort steht, sobald der Server antwortet.</translation>
    </message>
    <message>
        <source>%1 still enforces the plan, though nobody confirmed it.</source>
        <translation>%1 setzt den Plan noch durch, obwohl ihn niemand bestätigt hat.</translation>
    </message>
    <message>
        <source>Kept on %1: it was confirmed elsewhere.</source>
        <translation>Behalten auf %1: anderswo bestätigt.</translation>
    </message>
    <message>
        <source>Not confirmed in time: no server enforces it.</source>
        <translation>Nicht rechtzeitig bestätigt: Kein Server setzt es durch.</translation>
    </message>
    <message>
        <source>On %1 only. %2</source>
        <translation>Nur auf %1. %2</translation>
    </message>
    <message>
        <source>Lift it on the page Bans, and look whether the server&apos;s clock and timers run.</source>
        <translation>Heben Sie ihn auf der Seite „Sperren“ auf, und sehen Sie nach, ob Uhr und Timer des Servers laufen.</translation>
    </message>
    <message>
        <source>Not confirmed in time: %1 took the plan back.</source>
        <translation>Nicht rechtzeitig bestätigt: %1 nahm den Plan zurück.</translation>
    </message>
    <message>
        <source>A server changed since the preview: nothing was applied. Reading it anew ...</source>
        <translation>Ein Server hat sich seit der Vorschau geändert: Nichts wurde angewandt. Er wird neu gelesen ...</translation>
    </message>
    <message>
        <source>Nothing was applied: a server changed in between. Look at the new preview, and apply again.</source>
        <translation>Nichts wurde angewandt: Ein Server hat sich dazwischen geändert. Sehen Sie die neue Vorschau an und wenden Sie sie erneut an.</translation>
    </message>
    <message>
        <source>Nothing was applied yet. This is the plan as it is now:</source>
        <translation>Noch wurde nichts angewandt. So ist der Plan jetzt:</translation>
    </message>
</context>
<context>
    <name>mailward::ResponseDesk</name>
    <message>
        <source>checking ...</source>
        <translation>wird geprüft ...</translation>
    </message>
    <message numerus="yes">
        <source>asking %n server(s) ...</source>
        <translation>
            <numerusform>%n Server wird gefragt ...</numerusform>
            <numerusform>%n Server werden gefragt ...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mailward::RiskBook</name>
    <message>
        <source>opened %1 from %2</source>
        <translation>geöffnet %1 von %2</translation>
    </message>
    <message>
        <source>log-in %1 from %2</source>
        <translation>Anmeldung %1 von %2</translation>
    </message>
    <message>
        <source>a person called it a false alarm: %1</source>
        <translation>von jemandem Fehlalarm genannt: %1</translation>
    </message>
    <message>
        <source>a device of its owner tries it</source>
        <translation>ein Gerät des Inhabers versucht es</translation>
    </message>
    <message>
        <source>guessed at by %1 until %2</source>
        <translation>geraten von %1, bis %2</translation>
    </message>
    <message>
        <source>%1 address</source>
        <translation>%1 Adresse</translation>
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 Adressen</translation>
    </message>
    <message>
        <source>a burst of mail</source>
        <translation>plötzlich viele Mails</translation>
    </message>
</context>
<context>
    <name>mailward::SealDialog</name>
    <message>
        <source>Seal</source>
        <translation>Versiegeln</translation>
    </message>
    <message>
        <source>Seal the new passwords in a file</source>
        <translation>Neue Passwörter in einer Datei versiegeln</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Nennen Sie eine Datei.</translation>
    </message>
    <message>
        <source>This file is there already: choose another name.</source>
        <translation>Diese Datei gibt es schon: Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>At least %1 characters.</source>
        <translation>Mindestens %1 Zeichen.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden sind nicht gleich.</translation>
    </message>
    <message>
        <source>Seal in</source>
        <translation>Versiegeln in</translation>
    </message>
    <message>
        <source>Choose the file that the containment began with: it is opened with its passphrase, and what it holds stays. Without one, name a new file.</source>
        <translation>Wählen Sie die Datei, mit der die Eindämmung begann: Sie wird mit ihrer Passphrase geöffnet, und was sie enthält, bleibt. Gibt es keine, nennen Sie eine neue Datei.</translation>
    </message>
    <message>
        <source>The file opens with this passphrase alone: &quot;Open a sealed file …&quot; in the menu, or mailward-cli accounts open FILE. Give the passphrase on another way than the file. It is kept nowhere.</source>
        <translation>Die Datei öffnet sich nur mit dieser Passphrase: „Versiegelte Datei öffnen …“ im Menü oder mailward-cli accounts open DATEI. Geben Sie die Passphrase auf einem anderen Weg weiter als die Datei. Sie wird nirgends aufbewahrt.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>mailward::SecretDialog</name>
    <message>
        <source>The key for %1 is locked. Its passphrase:</source>
        <translation>Der Schlüssel für %1 ist verschlossen. Seine Passphrase:</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>Passwort von %1:</translation>
    </message>
    <message>
        <source>%1 asks:</source>
        <translation>%1 fragt:</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Anmelden an %1</translation>
    </message>
    <message>
        <source>It is sent to this server only, and kept nowhere.</source>
        <translation>Es wird nur an diesen Server gesendet und nirgends aufbewahrt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Remember it in the desktop&apos;s keyring</source>
        <translation>Im Schlüsselbund merken</translation>
    </message>
    <message>
        <source>Without that it is kept in memory until Mailward ends; never in a file, a log or on a command line.</source>
        <translation>Sonst bleibt es im Speicher, bis Mailward endet; nie in einer Datei, einem Protokoll oder einer Befehlszeile.</translation>
    </message>
    <message>
        <source>It is kept in memory until Mailward ends; never in a file, a log or on a command line.</source>
        <translation>Es bleibt im Speicher, bis Mailward endet; nie in einer Datei, einem Protokoll oder einer Befehlszeile.</translation>
    </message>
</context>
<context>
    <name>mailward::ServerTableModel</name>
    <message>
        <source>not pulled</source>
        <translation>nicht geholt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>pulling</source>
        <translation>holt</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>needs a look</source>
        <translation>prüfen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Last pull</source>
        <translation>Zuletzt geholt</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>What is going on</source>
        <translation>Was gerade geschieht</translation>
    </message>
    <message>
        <source>Lines that no rule knows; none is dropped.</source>
        <translation>Zeilen, die keine Regel kennt; keine geht verloren.</translation>
    </message>
</context>
<context>
    <name>mailward::ServersController</name>
    <message>
        <source> through %1</source>
        <translation> über %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The key that was accepted before stands in %1.</source>
        <translation>Der früher angenommene Schlüssel steht in %1.</translation>
    </message>
    <message>
        <source>%1 read, %2/s</source>
        <translation>%1 gelesen, %2/s</translation>
    </message>
    <message>
        <source>%1 of about %2, %3/s, about %4 left</source>
        <translation>%1 von etwa %2, %3/s, noch etwa %4</translation>
    </message>
    <message>
        <source>%1 is not in the inventory any more.</source>
        <translation>%1 ist nicht mehr im Verzeichnis.</translation>
    </message>
    <message>
        <source>%1 is not in the inventory.</source>
        <translation>%1 ist nicht im Verzeichnis.</translation>
    </message>
    <message>
        <source>Its lines came from a file, or the server was removed.</source>
        <translation>Die Zeilen kamen aus einer Datei, oder der Server wurde entfernt.</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>Mailserver</translation>
    </message>
    <message>
        <source>Dovecot</source>
        <translation>Dovecot</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>fail2ban</source>
        <translation>fail2ban</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>Firewall</translation>
    </message>
    <message>
        <source>Helper</source>
        <translation>Helfer</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
</context>
<context>
    <name>mailward::ServersPage</name>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Pull now</source>
        <translation>Jetzt holen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Forget the old key</source>
        <translation>Alten Schlüssel vergessen</translation>
    </message>
    <message>
        <source>No server yet</source>
        <translation>Noch kein Server</translation>
    </message>
    <message>
        <source>Mailward reads the logs of your mail servers over SSH and installs nothing on them. It needs a user who may read the mail log.</source>
        <translation>Mailward liest die Protokolle Ihrer Mailserver über SSH und installiert dort nichts. Es braucht einen Benutzer, der das Mailprotokoll lesen darf.</translation>
    </message>
    <message>
        <source>Add a server …</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Import from ~/.ssh/config …</source>
        <translation>Aus ~/.ssh/config übernehmen …</translation>
    </message>
    <message>
        <source>Add server …</source>
        <translation>Server hinzufügen …</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Übernehmen …</translation>
    </message>
    <message>
        <source>Take servers over from ~/.ssh/config</source>
        <translation>Server aus ~/.ssh/config übernehmen</translation>
    </message>
    <message>
        <source>Keep the connection and read new lines as they come</source>
        <translation>Verbunden bleiben und neue Zeilen sofort lesen</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Was the server set up anew? Log in at its own console, not over ssh, and run: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. Type the fingerprint that stands there:</source>
        <translation>Wurde der Server neu aufgesetzt? Melden Sie sich an seiner eigenen Konsole an, nicht über ssh, und führen Sie aus: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. Geben Sie den Fingerabdruck ein, der dort steht:</translation>
    </message>
    <message>
        <source>Fingerprint from the server&apos;s own console</source>
        <translation>Fingerabdruck von der Konsole des Servers</translation>
    </message>
    <message>
        <source>Press Check: what this server has, what it lacks and how to mend it is listed here.</source>
        <translation>Drücken Sie Prüfen: Was dieser Server hat, was ihm fehlt und wie es zu beheben ist, steht dann hier.</translation>
    </message>
    <message>
        <source>Remove server</source>
        <translation>Server entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the inventory?</source>
        <translation>%1 aus der Liste entfernen?</translation>
    </message>
    <message>
        <source>Its events stay in the store, and bans on it stay enforced until they expire. Nothing is changed on the server.</source>
        <translation>Seine Ereignisse bleiben gespeichert, und Sperren auf ihm gelten, bis sie ablaufen. Auf dem Server wird nichts geändert.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Edit …</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Old algorithms (SHA-1, CBC) are allowed for this server: who taps the line may read it. Update its sshd, then edit the server and take them away.</source>
        <translation>Für diesen Server sind alte Verfahren (SHA-1, CBC) erlaubt: Wer die Leitung anzapft, liest vielleicht mit. Erneuern Sie seinen sshd, und nehmen Sie sie dann unter Bearbeiten weg.</translation>
    </message>
    <message>
        <source>What is kept …</source>
        <translation>Was behalten wird …</translation>
    </message>
</context>
<context>
    <name>mailward::SlipPreview</name>
    <message>
        <source>Preview of the page</source>
        <translation>Vorschau der Seite</translation>
    </message>
</context>
<context>
    <name>mailward::SlipsDialog</name>
    <message>
        <source>Show passwords</source>
        <translation>Passwörter zeigen</translation>
    </message>
    <message>
        <source>Copy password</source>
        <translation>Passwort kopieren</translation>
    </message>
    <message>
        <source>‹</source>
        <translation>‹</translation>
    </message>
    <message>
        <source>›</source>
        <translation>›</translation>
    </message>
    <message>
        <source>Slips with the new passwords</source>
        <translation>Zettel mit den neuen Passwörtern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Print %1 slip</source>
        <translation>%1 Zettel drucken</translation>
    </message>
    <message>
        <source>Print %1 slips</source>
        <translation>%1 Zettel drucken</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Seite davor</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>The password was taken off the clipboard.</source>
        <translation>Das Passwort wurde aus der Zwischenablage genommen.</translation>
    </message>
    <message>
        <source>%1 new password</source>
        <translation>%1 neues Passwort</translation>
    </message>
    <message>
        <source>%1 new passwords</source>
        <translation>%1 neue Passwörter</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>One slip a page</source>
        <translation>Ein Zettel je Seite</translation>
    </message>
    <message>
        <source>Four slips a page</source>
        <translation>Vier Zettel je Seite</translation>
    </message>
    <message>
        <source>Slips on a page</source>
        <translation>Zettel je Seite</translation>
    </message>
    <message>
        <source>Hide passwords</source>
        <translation>Passwörter verbergen</translation>
    </message>
    <message>
        <source>On the clipboard for 30 seconds.</source>
        <translation>Für 30 Sekunden in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>PDF file …</source>
        <translation>PDF-Datei …</translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>No printer is chosen: the file will hold the passwords as they are. Print it, then delete it.</source>
        <translation>Kein Drucker ist gewählt: Die Datei enthält die Passwörter, wie sie sind. Drucken Sie sie, dann löschen Sie sie.</translation>
    </message>
    <message>
        <source>They are shown here and on paper only, this once.</source>
        <translation>Sie stehen nur hier und auf Papier, dieses eine Mal.</translation>
    </message>
    <message>
        <source>Print to a file</source>
        <translation>In eine Datei drucken</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The printer %1 does not take it. Choose another one.</source>
        <translation>Der Drucker %1 nimmt es nicht an. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The printer %1 reports an error. Choose another one.</source>
        <translation>Der Drucker %1 meldet einen Fehler. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 ließ sich nicht schreiben.</translation>
    </message>
    <message>
        <source>printed on %1</source>
        <translation>gedruckt auf %1</translation>
    </message>
    <message>
        <source>printed to a file</source>
        <translation>in eine Datei gedruckt</translation>
    </message>
    <message>
        <source>They are shown here and on paper. The sealed file goes on holding them: delete it when everybody has theirs.</source>
        <translation>Sie werden hier und auf Papier gezeigt. Die versiegelte Datei enthält sie weiter: Löschen Sie sie, wenn alle das ihre haben.</translation>
    </message>
</context>
<context>
    <name>mailward::StorageDialog</name>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source> since %1</source>
        <translation> seit %1</translation>
    </message>
    <message>
        <source>%1 events%2 · %3 on disk, %4 of it raw lines</source>
        <translation>%1 Ereignisse%2 · %3 auf der Platte, davon %4 rohe Zeilen</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was aufbewahrt wird</translation>
    </message>
    <message>
        <source>Now: %1.</source>
        <translation>Jetzt: %1.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Older events are dropped, and their raw lines with them.</source>
        <translation>Ältere Ereignisse werden verworfen, und ihre rohen Zeilen mit ihnen.</translation>
    </message>
    <message>
        <source>Raw lines</source>
        <translation>Rohe Zeilen</translation>
    </message>
    <message>
        <source>Kept here so that they can be read when a server is gone. Older ones are fetched from the server when you look at them.</source>
        <translation>Hier aufbewahrt, damit sie lesbar sind, wenn ein Server weg ist. Ältere werden vom Server geholt, wenn Sie sie ansehen.</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>When the store would become larger, the oldest goes first.</source>
        <translation>Würde der Speicher größer, geht das Älteste zuerst.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Events before %1 will be dropped.</source>
        <translation>Ereignisse vor %1 werden verworfen.</translation>
    </message>
    <message>
        <source>The oldest events will be dropped until the store is small enough.</source>
        <translation>Die ältesten Ereignisse werden verworfen, bis der Speicher klein genug ist.</translation>
    </message>
</context>
<context>
    <name>mailward::TimelineChart</name>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>let in</source>
        <translation>eingelassen</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>abgewehrt</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>bounced</source>
        <translation>zurück</translation>
    </message>
    <message>
        <source>Timeline of attempts</source>
        <translation>Zeitleiste der Versuche</translation>
    </message>
    <message>
        <source>Left and right move from bar to bar, with Shift they select, plus and minus zoom, Escape clears the selection.</source>
        <translation>Links und rechts gehen von Balken zu Balken, mit Umschalt wählen sie aus, Plus und Minus vergrößern und verkleinern, Escape hebt die Auswahl auf.</translation>
    </message>
    <message>
        <source>Give up the chosen time</source>
        <translation>Gewählte Zeit aufgeben</translation>
    </message>
    <message>
        <source>Show all times</source>
        <translation>Alle Zeiten zeigen</translation>
    </message>
    <message>
        <source>Save the timeline as a picture …</source>
        <translation>Zeitleiste als Bild speichern …</translation>
    </message>
</context>
<context>
    <name>mailward::TimelineWidget</name>
    <message>
        <source>Nothing to show yet</source>
        <translation>Noch nichts zu zeigen</translation>
    </message>
    <message>
        <source>Add a server, or drop log files onto the window.</source>
        <translation>Fügen Sie einen Server hinzu, oder ziehen Sie Protokolle auf das Fenster.</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Help about the timeline</source>
        <translation>Hilfe zur Zeitleiste</translation>
    </message>
</context>
<context>
    <name>mailward::Tour</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>Rundgang beenden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>%1 of %2 · you did it</source>
        <translation>%1 von %2 · geschafft</translation>
    </message>
</context>
<context>
    <name>mailward::TriagePage</name>
    <message>
        <source>Triage</source>
        <translation>Triage</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Help about the tables</source>
        <translation>Hilfe zu den Tabellen</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>Länder</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Nothing matches the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>No log lines yet</source>
        <translation>Noch keine Zeilen</translation>
    </message>
    <message>
        <source>Take away a chip above, or widen the time.</source>
        <translation>Nehmen Sie oben ein Schild weg, oder weiten Sie die Zeit.</translation>
    </message>
    <message>
        <source>Add a server on the page Servers, or drop log files onto this window.</source>
        <translation>Fügen Sie auf der Seite Server einen hinzu, oder ziehen Sie Protokolle auf dieses Fenster.</translation>
    </message>
</context>
<context>
    <name>mailward::UnknownLinesList</name>
    <message>
        <source>Lines that no rule knows: %1</source>
        <translation>Zeilen, die keine Regel kennt: %1</translation>
    </message>
    <message>
        <source>They are stored, and counted here with the first line of each program. A rule pack of your own can name them.</source>
        <translation>Sie sind gespeichert und hier mit der ersten Zeile jedes Programms gezählt. Ein eigenes Regelpaket kann sie benennen.</translation>
    </message>
    <message>
        <source>(no program)</source>
        <translation>(kein Programm)</translation>
    </message>
</context>
<context>
    <name>mailward::Verbs</name>
    <message>
        <source>%1 chosen</source>
        <translation>%1 gewählt</translation>
    </message>
    <message>
        <source>Filter to</source>
        <translation>Filtern auf</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Copy name defanged</source>
        <translation>Namen entschärft kopieren</translation>
    </message>
    <message>
        <source>Ban … (into the plan)</source>
        <translation>Sperren … (in den Plan)</translation>
    </message>
    <message>
        <source>Always allow …</source>
        <translation>Immer zulassen …</translation>
    </message>
    <message>
        <source>Contain …</source>
        <translation>Eindämmen …</translation>
    </message>
</context>
<context>
    <name>mailward::WeakAuditDialog</name>
    <message>
        <source>I have the authority in writing to test these passwords</source>
        <translation>Ich bin schriftlich befugt, diese Passwörter zu prüfen</translation>
    </message>
    <message>
        <source>Go on, whatever it costs</source>
        <translation>Weitermachen, was es auch kostet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What does it cost?</source>
        <translation>Was kostet es?</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Look for weak passwords</source>
        <translation>Schwache Passwörter suchen</translation>
    </message>
    <message>
        <source>Each server tries these passwords against its own store, at the lowest priority, without a log-in and without a trace in its log. Only the account and the kind of password come back; nobody learns a password.</source>
        <translation>Jeder Server probiert diese Passwörter an seinem eigenen Bestand, mit niedrigstem Vorrang, ohne Anmeldung und ohne Spur in seinem Protokoll. Zurück kommen nur das Konto und die Art des Passworts; niemand erfährt eines.</translation>
    </message>
    <message>
        <source>What is tried</source>
        <translation>Was probiert wird</translation>
    </message>
    <message>
        <source>Your company&apos;s default passwords, one a line</source>
        <translation>Die Standardpasswörter Ihres Hauses, eines je Zeile</translation>
    </message>
    <message>
        <source>Welcome2026!</source>
        <translation>Willkommen2026!</translation>
    </message>
    <message>
        <source>Passwords tried at most</source>
        <translation>Höchstens probierte Passwörter</translation>
    </message>
    <message>
        <source>passwords at most, the likeliest first</source>
        <translation>Passwörter höchstens, die wahrscheinlichsten zuerst</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Weak passwords</source>
        <translation>Schwache Passwörter</translation>
    </message>
    <message>
        <source>New password for %1 account …</source>
        <translation>Neues Passwort für %1 Konto …</translation>
    </message>
    <message>
        <source>New passwords for %1 accounts …</source>
        <translation>Neue Passwörter für %1 Konten …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>mailward::WeakFindingTableModel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Its password is</source>
        <translation>Sein Passwort ist</translation>
    </message>
</context>
<context>
    <name>mailward::Wiring</name>
    <message>
        <source>No folder could be made for the demo: %1</source>
        <translation>Für die Vorführung ließ sich kein Ordner anlegen: %1</translation>
    </message>
    <message>
        <source>Is the disk full, or the folder for temporary files read-only?</source>
        <translation>Ist die Platte voll oder der Ordner für vorläufige Dateien schreibgeschützt?</translation>
    </message>
    <message>
        <source>The bundled incident is not in %1</source>
        <translation>Der mitgelieferte Vorfall ist nicht in %1</translation>
    </message>
    <message>
        <source>Run installer/start: it fetches the data and packs the incident.</source>
        <translation>Starten Sie installer/start: Es holt die Daten und packt den Vorfall.</translation>
    </message>
    <message>
        <source>Countries are not known</source>
        <translation>Länder sind nicht bekannt</translation>
    </message>
    <message>
        <source>The log rule %1/%2 was left out</source>
        <translation>Die Protokollregel %1/%2 wurde ausgelassen</translation>
    </message>
    <message>
        <source>%1: %2 lines, %3 events, %4 lines that no rule knows</source>
        <translation>%1: %2 Zeilen, %3 Ereignisse, %4 Zeilen, die keine Regel kennt</translation>
    </message>
    <message>
        <source>No line of this file was recognised: is it a mail or auth log?</source>
        <translation>Keine Zeile dieser Datei wurde erkannt: Ist es ein Mail- oder Anmeldeprotokoll?</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Countries</source>
        <translation>Länder</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>  %1: %2 failed, %3 let in
</source>
        <translation>  %1: %2 gescheitert, %3 eingelassen
</translation>
    </message>
    <message>
        <source>unknown country</source>
        <translation>unbekanntes Land</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>aus Datei</translation>
    </message>
    <message>
        <source>Read from a log file; the last event is of %1. Add the server to see what happens now.</source>
        <translation>Aus einer Protokolldatei; das letzte Ereignis ist von %1. Fügen Sie den Server hinzu, um zu sehen, was jetzt geschieht.</translation>
    </message>
    <message>
        <source>Connecting to %1 …</source>
        <translation>Verbindung zu %1 …</translation>
    </message>
    <message>
        <source>Qt %1 · libssh %2</source>
        <translation>Qt %1 · libssh %2</translation>
    </message>
    <message>
        <source>Checking %1 …</source>
        <translation>%1 wird geprüft …</translation>
    </message>
    <message>
        <source>Countries come from %1 now</source>
        <translation>Länder kommen jetzt aus %1</translation>
    </message>
    <message>
        <source>A copy of %1 is kept; what other databases say otherwise stands beside it in the details of an address.</source>
        <translation>Eine Kopie von %1 ist aufbewahrt; was andere Datenbanken anders sagen, steht in den Einzelheiten einer Adresse daneben.</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>von Hand gewählt</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Vorfälle</translation>
    </message>
    <message>
        <source>Countries: DB-IP Lite (CC BY 4.0); second opinion: NRO, RouteViews, DB-IP by ip-location-db (CC BY 4.0). Networks: RouteViews, DB-IP, NRO (CC BY 4.0). Map: Natural Earth (public domain); its borders are those in effect and no statement. Country names: i18n-iso-countries (MIT).</source>
        <translation>Länder: DB-IP Lite (CC BY 4.0); zweite Meinung: NRO, RouteViews, DB-IP durch ip-location-db (CC BY 4.0). Netze: RouteViews, DB-IP, NRO (CC BY 4.0). Karte: Natural Earth (gemeinfrei); ihre Grenzen sind die tatsächlich bestehenden und keine Aussage. Ländernamen: i18n-iso-countries (MIT).</translation>
    </message>
    <message>
        <source>In use: countries %1, networks %2.</source>
        <translation>In Gebrauch: Länder %1, Netze %2.</translation>
    </message>
</context>
<context>
    <name>mailward::EarlierController</name>
    <message>
        <source>%1 holds no new passwords.</source>
        <translation>%1 enthält keine neuen Passwörter.</translation>
    </message>
    <message>
        <source>The containment that it was made for ended before it made one.</source>
        <translation>Die Eindämmung, für die sie angelegt wurde, endete, bevor sie eines machte.</translation>
    </message>
    <message>
        <source>A containment of %1 account was not finished</source>
        <translation>Eine Eindämmung von %1 Konto wurde nicht beendet</translation>
    </message>
    <message>
        <source>A containment of %1 accounts was not finished</source>
        <translation>Eine Eindämmung von %1 Konten wurde nicht beendet</translation>
    </message>
    <message>
        <source>Go on with it, or take it back.</source>
        <translation>Setzen Sie sie fort, oder nehmen Sie sie zurück.</translation>
    </message>
    <message>
        <source>There is %1 more.</source>
        <translation>Es gibt %1 weitere.</translation>
    </message>
    <message>
        <source>There are %1 more.</source>
        <translation>Es gibt %1 weitere.</translation>
    </message>
    <message>
        <source>%1: %2, %3.</source>
        <translation>%1: %2, %3.</translation>
    </message>
</context>
<context>
    <name>mailward::EarlierTableModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
</context>
<context>
    <name>mailward::EarlierDialog</name>
    <message>
        <source>Resume …</source>
        <translation>Fortsetzen …</translation>
    </message>
    <message>
        <source>Undo …</source>
        <translation>Rückgängig …</translation>
    </message>
    <message>
        <source>Open a sealed file …</source>
        <translation>Versiegelte Datei öffnen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Earlier containments</source>
        <translation>Frühere Eindämmungen</translation>
    </message>
    <message>
        <source>Nothing was contained yet</source>
        <translation>Noch wurde nichts eingedämmt</translation>
    </message>
    <message>
        <source>Reading the journal …</source>
        <translation>Das Journal wird gelesen …</translation>
    </message>
    <message>
        <source>Every containment of accounts stands here afterwards: one that a crash cut goes on from here, and one that was a mistake is taken back.</source>
        <translation>Jede Eindämmung von Konten steht danach hier: Eine, die ein Absturz unterbrach, geht von hier aus weiter, und eine, die ein Irrtum war, wird zurückgenommen.</translation>
    </message>
    <message>
        <source>Add the servers first: without one nothing can be done.</source>
        <translation>Fügen Sie zuerst die Server hinzu: Ohne einen lässt sich nichts tun.</translation>
    </message>
</context>
<context>
    <name>mailward::OpenSealedDialog</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a sealed file of new passwords</source>
        <translation>Versiegelte Datei mit neuen Passwörtern öffnen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>The passwords are shown as slips, to be printed. Nothing is sent anywhere, and the file stays as it is.</source>
        <translation>Die Passwörter werden als Zettel gezeigt, zum Drucken. Nichts wird irgendwohin gesendet, und die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>mailward::detect</name>
    <message>
        <source>log-ins from a country that it never came from</source>
        <translation>Anmeldungen aus einem Land, aus dem es nie kam</translation>
    </message>
    <message>
        <source>log-ins from many countries within a day</source>
        <translation>Anmeldungen aus vielen Ländern binnen eines Tages</translation>
    </message>
    <message>
        <source>log-ins from different unusual countries within hours</source>
        <translation>Anmeldungen aus verschiedenen ungewohnten Ländern binnen Stunden</translation>
    </message>
    <message>
        <source>mail from many networks within an hour</source>
        <translation>Mail aus vielen Netzen binnen einer Stunde</translation>
    </message>
    <message>
        <source>far more recipients an hour than usual</source>
        <translation>weit mehr Empfänger je Stunde als üblich</translation>
    </message>
    <message>
        <source>a high share of recipients that do not exist</source>
        <translation>ein hoher Anteil von Empfängern, die es nicht gibt</translation>
    </message>
    <message>
        <source>mail from a part of the net that it was never seen in</source>
        <translation>Mail aus einem Teil des Netzes, in dem es nie gesehen wurde</translation>
    </message>
    <message>
        <source>the first log-in that it ever had, from where an attack came from</source>
        <translation>die erste Anmeldung überhaupt, von dort, woher ein Angriff kam</translation>
    </message>
    <message>
        <source>log-ins of a stranger while its password was being guessed</source>
        <translation>Anmeldungen eines Fremden, während sein Passwort geraten wurde</translation>
    </message>
    <message>
        <source>%1 address</source>
        <translation>%1 Adresse</translation>
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 Adressen</translation>
    </message>
    <message>
        <source>%1 account</source>
        <translation>%1 Konto</translation>
    </message>
    <message>
        <source>%1 accounts</source>
        <translation>%1 Konten</translation>
    </message>
    <message>
        <source>Brute force</source>
        <translation>Gewaltsames Raten</translation>
    </message>
    <message>
        <source>Distributed guessing</source>
        <translation>Verteiltes Raten</translation>
    </message>
    <message>
        <source>Password spray</source>
        <translation>Passwort-Streuung</translation>
    </message>
    <message>
        <source>Leaked passwords tried</source>
        <translation>Erbeutete Passwörter probiert</translation>
    </message>
    <message>
        <source>Search for account names</source>
        <translation>Suche nach Kontonamen</translation>
    </message>
    <message>
        <source>Account in wrong hands</source>
        <translation>Konto in falschen Händen</translation>
    </message>
    <message>
        <source>Spam through accounts</source>
        <translation>Spam über Konten</translation>
    </message>
    <message>
        <source>Bounces for mail that nobody here sent</source>
        <translation>Rückläufer zu Mail, die hier niemand schrieb</translation>
    </message>
    <message>
        <source>Old password in a device</source>
        <translation>Altes Passwort in einem Gerät</translation>
    </message>
    <message>
        <source>SSH brute force</source>
        <translation>Gewaltsames Raten an SSH</translation>
    </message>
    <message>
        <source>Relay attempts</source>
        <translation>Relay-Versuche</translation>
    </message>
    <message>
        <source>one try each</source>
        <translation>je ein Versuch</translation>
    </message>
    <message>
        <source>%1 tries each</source>
        <translation>je %1 Versuche</translation>
    </message>
    <message>
        <source>the log is too young to tell what is usual</source>
        <translation>das Log ist zu jung, um zu sagen, was üblich ist</translation>
    </message>
    <message>
        <source>at such hours next to none is usual</source>
        <translation>zu solchen Stunden ist fast keine üblich</translation>
    </message>
    <message>
        <source>at such hours about one is usual</source>
        <translation>zu solchen Stunden ist etwa eine üblich</translation>
    </message>
    <message>
        <source>at such hours about %1 are usual</source>
        <translation>zu solchen Stunden sind etwa %1 üblich</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 T %2 h</translation>
    </message>
    <message>
        <source>Marked as a false alarm by %1 on %2.</source>
        <translation>Als Fehlalarm vermerkt von %1 am %2.</translation>
    </message>
</context>
<context>
    <name>mailward::detect::IncidentBuilder</name>
    <message>
        <source>a participant of the attack was let in</source>
        <translation>ein Beteiligter des Angriffs wurde eingelassen</translation>
    </message>
    <message>
        <source>nobody had ever used it, and a stranger was let in at the first try</source>
        <translation>niemand hatte es je benutzt, und ein Fremder kam beim ersten Versuch hinein</translation>
    </message>
    <message>
        <source>a stranger was let in while the attack was guessing at it</source>
        <translation>ein Fremder wurde eingelassen, während der Angriff an ihm riet</translation>
    </message>
    <message>
        <source>%1 was opened from %2.</source>
        <translation>%1 wurde von %2 aus geöffnet.</translation>
    </message>
    <message>
        <source>many tries a source</source>
        <translation>viele Versuche je Quelle</translation>
    </message>
    <message>
        <source>one try a source</source>
        <translation>ein Versuch je Quelle</translation>
    </message>
    <message>
        <source>About %1 an hour that nobody here knows failed; %2.</source>
        <translation>Etwa %1 je Stunde, die hier niemand kennt, scheiterten; %2.</translation>
    </message>
    <message>
        <source>%1 had strangers from many addresses at the door.</source>
        <translation>Vor der Tür von %1 standen Fremde von vielen Adressen.</translation>
    </message>
    <message>
        <source>Addresses all over one network operator, from which hardly anybody here comes, tried %1, few passwords each.</source>
        <translation>Adressen aus dem ganzen Netz eines Betreibers, von dem hier kaum jemand kommt, probierten %1, je wenige Passwörter.</translation>
    </message>
    <message>
        <source>Networks of few addresses tried %1, few passwords each.</source>
        <translation>Netze mit wenigen Adressen probierten %1, je wenige Passwörter.</translation>
    </message>
    <message>
        <source>Each of these sources failed at least %1 times in a day.</source>
        <translation>Jede dieser Quellen scheiterte an einem Tag mindestens %1-mal.</translation>
    </message>
    <message>
        <source>None of the addresses is known to any account, and none of the failures was put right by a log-in from the same place.</source>
        <translation>Keine der Adressen ist einem Konto bekannt, und keinem der Fehlversuche folgte eine Anmeldung vom selben Ort.</translation>
    </message>
    <message>
        <source>%1 % of the tries were at names that do not exist.</source>
        <translation>%1 % der Versuche galten Namen, die es nicht gibt.</translation>
    </message>
    <message>
        <source>Where they come from: %1 of the addresses.</source>
        <translation>Woher sie kommen: %1 der Adressen.</translation>
    </message>
    <message>
        <source>As much of it is seen here on most days.</source>
        <translation>So viel davon ist hier an den meisten Tagen zu sehen.</translation>
    </message>
    <message>
        <source>%1 account opened</source>
        <translation>%1 Konto geöffnet</translation>
    </message>
    <message>
        <source>%1 accounts opened</source>
        <translation>%1 Konten geöffnet</translation>
    </message>
    <message>
        <source>%1: %2 (score %3).</source>
        <translation>%1: %2 (Punkte: %3).</translation>
    </message>
    <message>
        <source>Spam through %1: %2 mails from %3, %4 bounces, %5</source>
        <translation>Spam über %1: %2 Mails von %3, %4 Rückläufer, %5</translation>
    </message>
    <message>
        <source>In wrong hands, it seems: %1, log-ins from %2, %3</source>
        <translation>Wohl in falschen Händen: %1, Anmeldungen von %2, %3</translation>
    </message>
    <message>
        <source>One wrong password again and again, from %1: a device that was not told of the new one. Ask its owner; a block would hurt everybody there.</source>
        <translation>Ein falsches Passwort immer wieder, von %1: ein Gerät, das das neue nicht kennt. Fragen Sie den Besitzer; eine Sperre träfe alle dort.</translation>
    </message>
    <message>
        <source>Old password in a device: %1, %2 tries</source>
        <translation>Altes Passwort in einem Gerät: %1, %2 Versuche</translation>
    </message>
    <message>
        <source>Old password in a device, %1 tries; the log does not name the account</source>
        <translation>Altes Passwort in einem Gerät, %1 Versuche; das Log nennt das Konto nicht</translation>
    </message>
    <message>
        <source>They offered mail for mailboxes elsewhere without logging in; the server refused.</source>
        <translation>Sie boten ohne Anmeldung Mail für Postfächer anderswo an; der Server lehnte ab.</translation>
    </message>
    <message>
        <source>They asked for many mailboxes that are not here; the server refused.</source>
        <translation>Sie fragten nach vielen Postfächern, die es hier nicht gibt; der Server lehnte ab.</translation>
    </message>
    <message>
        <source>%1: %2 refusals, %3 addresses</source>
        <translation>%1: %2 Ablehnungen, %3 Adressen</translation>
    </message>
    <message>
        <source>Relay attempts</source>
        <translation>Relay-Versuche</translation>
    </message>
    <message>
        <source>Search for mailboxes</source>
        <translation>Suche nach Postfächern</translation>
    </message>
    <message>
        <source>The bounces answer mail that no account here has sent: its sender was forged. SPF and DMARC with a strict policy help; resetting passwords does not.</source>
        <translation>Die Rückläufer gelten Mail, die kein Konto hier geschickt hat: Ihr Absender war gefälscht. SPF und DMARC mit strenger Regel helfen; neue Passwörter helfen nicht.</translation>
    </message>
    <message>
        <source>Bounces for mail that nobody here sent: %1, %2</source>
        <translation>Rückläufer zu Mail, die hier niemand schrieb: %1, %2</translation>
    </message>
</context>
</TS>
