<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>Suggestions</source>
        <extracomment>`system` goes with the desktop. How it learns: the kinds of `app.learning.heads.KINDS`. How an option is shown: a switch, a number, a share of one as per cent, a choice from a list, or a choice among the networks, which only the caller knows. The context of all texts here, for `QCoreApplication.translate`. Values of `write` with which anything is written at all. The sections in their order: key, title, icon.</extracomment>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Erkennungsmodell</translation>
    </message>
    <message>
        <source>What looks at your photos. A larger one is right more often and takes longer.</source>
        <translation>Es sieht die Fotos an. Ein größeres liegt öfter richtig und braucht länger.</translation>
    </message>
    <message>
        <source>More networks…</source>
        <translation>Weitere Modelle&#xa0;…</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>Wohin es sieht</translation>
    </message>
    <message>
        <source>The ends tell more about wide photos, and take about twice as long.</source>
        <translation>Die Enden sagen mehr über breite Fotos und brauchen etwa doppelt so lange.</translation>
    </message>
    <message>
        <source>At the middle and both ends</source>
        <translation>Auf die Mitte und beide Enden</translation>
    </message>
    <message>
        <source>Only at the middle</source>
        <translation>Nur auf die Mitte</translation>
    </message>
    <message>
        <source>How many suggestions</source>
        <translation>Wie viele Vorschläge</translation>
    </message>
    <message>
        <source>What is unlikely can be left out, or be offered all the same for you to decide.</source>
        <translation>Unwahrscheinliches kann wegbleiben oder trotzdem zur Auswahl stehen.</translation>
    </message>
    <message>
        <source>The likely ones</source>
        <translation>Die wahrscheinlichen</translation>
    </message>
    <message>
        <source>All that could be meant</source>
        <translation>Alle, die gemeint sein könnten</translation>
    </message>
    <message>
        <source>Where it computes</source>
        <translation>Wo gerechnet wird</translation>
    </message>
    <message>
        <source>A graphics card is tried once, and used where it is faster. Suggestions are the same.</source>
        <translation>Eine Grafikkarte wird einmal ausprobiert und benutzt, wo sie schneller ist. Die Vorschläge bleiben gleich.</translation>
    </message>
    <message>
        <source>Wherever it is faster</source>
        <translation>Wo es schneller geht</translation>
    </message>
    <message>
        <source>On the processor</source>
        <translation>Auf dem Prozessor</translation>
    </message>
    <message>
        <source>On the graphics card</source>
        <translation>Auf der Grafikkarte</translation>
    </message>
    <message>
        <source>Learn from what I accept and reject</source>
        <translation>Aus dem lernen, was ich annehme und ablehne</translation>
    </message>
    <message>
        <source>Each answer changes what is suggested for all your photos. It stays on this computer.</source>
        <translation>Jede Antwort ändert, was für alle Ihre Fotos vorgeschlagen wird. Das bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>How it learns</source>
        <translation>Wie gelernt wird</translation>
    </message>
    <message>
        <source>Which is best depends on your photos. After a change, all is learned anew from your answers.</source>
        <translation>Was am besten ist, hängt von den Fotos ab. Nach einer Änderung wird aus allen Antworten neu gelernt.</translation>
    </message>
    <message>
        <source>What photos of a tag have in common (recommended)</source>
        <translation>Was Fotos eines Schlagworts eint (empfohlen)</translation>
    </message>
    <message>
        <source>The widest gap between tags (linear SVM)</source>
        <translation>Größter Abstand der Schlagwörter (lineare SVM)</translation>
    </message>
    <message>
        <source>Weighing each feature (logistic regression)</source>
        <translation>Jedes Merkmal gewichten (logistische Regression)</translation>
    </message>
    <message>
        <source>How usual each feature is (naive Bayes)</source>
        <translation>Wie üblich jedes Merkmal ist (naiver Bayes)</translation>
    </message>
    <message>
        <source>Compare on my photos…</source>
        <translation>An meinen Fotos vergleichen&#xa0;…</translation>
    </message>
    <message>
        <source>Tags are kept</source>
        <translation>Wo die Schlagwörter stehen</translation>
    </message>
    <message>
        <source>Other photo managers find them in the photo itself. Some also read a sidecar, a small file with the same name beside the photo.</source>
        <translation>Andere Fotoprogramme finden sie im Foto selbst. Manche lesen auch eine Begleitdatei: eine kleine Datei gleichen Namens neben dem Foto.</translation>
    </message>
    <message>
        <source>In the photo; beside it where that is not safe</source>
        <translation>Im Foto; daneben, wo das nicht sicher ist</translation>
    </message>
    <message>
        <source>Always beside the photo, which is never changed</source>
        <translation>Immer neben dem Foto, das nie verändert wird</translation>
    </message>
    <message>
        <source>Only in Tagwright</source>
        <translation>Nur in Tagwright</translation>
    </message>
    <message>
        <source>Into your photos go</source>
        <translation>In die Fotos kommen</translation>
    </message>
    <message>
        <source>Whatever is written can be undone, also later.</source>
        <translation>Alles Geschriebene lässt sich rückgängig machen, auch später.</translation>
    </message>
    <message>
        <source>Tags that are certain enough, and those you accept</source>
        <translation>Schlagwörter, die sicher genug sind, und angenommene</translation>
    </message>
    <message>
        <source>Only the tags you accept</source>
        <translation>Nur angenommene Schlagwörter</translation>
    </message>
    <message>
        <source>Certain enough from</source>
        <translation>Sicher genug ab</translation>
    </message>
    <message>
        <source>At a higher value fewer tags are written by themselves, and fewer of them are wrong.</source>
        <translation>Bei einem höheren Wert werden weniger Schlagwörter von selbst geschrieben, und weniger davon sind falsch.</translation>
    </message>
    <message>
        <source>Keywords for older Windows programs</source>
        <translation>Stichwörter für ältere Windows-Programme</translation>
    </message>
    <message>
        <source>Written beside the usual ones.</source>
        <translation>Zusätzlich zu den üblichen.</translation>
    </message>
    <message>
        <source>Name new sidecars as Adobe programs do</source>
        <translation>Neue Begleitdateien wie Adobe-Programme benennen</translation>
    </message>
    <message>
        <source>“photo.xmp” for Lightroom, instead of “photo.jpg.xmp”.</source>
        <translation>„foto.xmp“ für Lightroom statt „foto.jpg.xmp“.</translation>
    </message>
    <message>
        <source>Write into HEIC, AVIF and JPEG XL photos</source>
        <translation>In HEIC-, AVIF- und JPEG-XL-Fotos schreiben</translation>
    </message>
    <message>
        <source>Needs the program ExifTool. Without it, their tags are kept beside them.</source>
        <translation>Braucht das Programm ExifTool. Ohne es stehen die Schlagwörter neben dem Foto.</translation>
    </message>
    <message>
        <source>Watch my folders</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>New and changed photos in them are looked at while the window is open.</source>
        <translation>Neue und geänderte Fotos darin werden angesehen, solange das Fenster offen ist.</translation>
    </message>
    <message>
        <source>Space for small pictures</source>
        <translation>Platz für Vorschaubilder</translation>
    </message>
    <message>
        <source>What the grid shows is kept on the disk, so that it is there at once the next time.</source>
        <translation>Die Vorschaubilder bleiben auf der Festplatte, damit sie beim nächsten Mal sofort da sind.</translation>
    </message>
    <message>
        <source>{} MB</source>
        <translation>{} MB</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect when Tagwright is started the next time.</source>
        <translation>Gilt ab dem nächsten Start von Tagwright.</translation>
    </message>
    <message>
        <source>Ask before changing many photos</source>
        <translation>Vor Änderungen an vielen Fotos fragen</translation>
    </message>
    <message>
        <source>Changes to fewer photos are made at once. Either can be undone.</source>
        <translation>An weniger Fotos wird sofort geändert. Beides lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>from {} photos on</source>
        <translation>ab {} Fotos</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>To read sidecars, digiKam must be told so: Settings, Metadata, Sidecars, “Read from sidecar files”.</source>
        <translation>Damit digiKam Begleitdateien liest, muss es eingestellt sein: Einstellungen, Metadaten, Filialdateien, „Aus Filialdateien lesen“.</translation>
    </message>
    <message>
        <source>Lightroom reads sidecars of camera raw files only.</source>
        <translation>Lightroom liest Begleitdateien nur zu Rohdateien der Kamera.</translation>
    </message>
    <message>
        <source>darktable cuts names at a comma.</source>
        <translation>darktable schneidet Namen am Komma ab.</translation>
    </message>
    <message>
        <source>Shotwell reads no sidecars.</source>
        <translation>Shotwell liest keine Begleitdateien.</translation>
    </message>
    <message>
        <source>Windows shows keywords without their hierarchy, and only those in JPEG and TIFF files.</source>
        <translation>Windows zeigt Stichwörter ohne Hierarchie, und nur die in JPEG- und TIFF-Dateien.</translation>
    </message>
    <message>
        <source>Apple Photos shows keywords without their hierarchy.</source>
        <translation>Apple Fotos zeigt Stichwörter ohne Hierarchie.</translation>
    </message>
    <message>
        <source>PhotoPrism shows the tags as the photo&apos;s subject, and every word as a keyword. It reads sidecars from the versions of 2026 on.</source>
        <translation>PhotoPrism zeigt die Schlagwörter als Betreff des Fotos und jedes Wort als Stichwort. Begleitdateien liest es ab den Versionen von 2026.</translation>
    </message>
    <message>
        <source>There is no “{given}:”.</source>
        <translation>Es gibt kein „{given}:“.</translation>
    </message>
    <message>
        <source>There is no state “{given}”.</source>
        <translation>Es gibt keinen Status „{given}“.</translation>
    </message>
    <message>
        <source>Something is missing after “{given}”.</source>
        <translation>Nach „{given}“ fehlt etwas.</translation>
    </message>
    <message>
        <source>“{given}” cannot be the name of a tag.</source>
        <translation>„{given}“ kann kein Schlagwort sein.</translation>
    </message>
    <message>
        <source>“{given}” is no certainty. Write a number such as 0.8 or 80%.</source>
        <translation>„{given}“ ist keine Sicherheit. Gemeint ist eine Zahl wie 0.8 oder 80%.</translation>
    </message>
    <message>
        <source>“{given}” is no rating. Write a number from 0 to 5.</source>
        <translation>„{given}“ ist keine Bewertung. Gemeint ist eine Zahl von 0 bis 5.</translation>
    </message>
    <message>
        <source>“{given}” is no date. Write 2024, 2024-05 or 2024-05-31.</source>
        <translation>„{given}“ ist kein Datum. Möglich sind 2024, 2024-05 oder 2024-05-31.</translation>
    </message>
    <message>
        <source>“{given}” takes a colon, not a comparison.</source>
        <translation>Nach „{given}“ steht ein Doppelpunkt, kein Vergleich.</translation>
    </message>
    <message>
        <source>A parenthesis is not closed.</source>
        <translation>Eine Klammer ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>This parenthesis was never opened.</source>
        <translation>Diese Klammer wurde nie geöffnet.</translation>
    </message>
    <message>
        <source>This search is too long.</source>
        <translation>Diese Suche ist zu lang.</translation>
    </message>
    <message>
        <source>Did you mean {word}?</source>
        <translation>Ist {word} gemeint?</translation>
    </message>
    <message>
        <source>confirmed or suggested tag</source>
        <translation>bestätigtes oder vorgeschlagenes Schlagwort</translation>
    </message>
    <message>
        <source>suggested, confirmed, waiting, failed, untagged</source>
        <translation>Status: suggested, confirmed, waiting, failed, untagged</translation>
    </message>
    <message>
        <source>of the surest suggestion</source>
        <translation>Sicherheit des sichersten Vorschlags</translation>
    </message>
    <message>
        <source>year, month or day it was taken</source>
        <translation>Jahr, Monat oder Tag der Aufnahme</translation>
    </message>
    <message>
        <source>part of the folder’s name</source>
        <translation>Teil des Ordnernamens</translation>
    </message>
    <message>
        <source>maker or model</source>
        <translation>Hersteller oder Modell</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>part of the file’s name</source>
        <translation>Teil des Dateinamens</translation>
    </message>
    <message>
        <source>tag that you confirmed</source>
        <translation>bestätigtes Schlagwort</translation>
    </message>
    <message>
        <source>tag that is only suggested</source>
        <translation>nur vorgeschlagenes Schlagwort</translation>
    </message>
    <message>
        <source>suggestions are open</source>
        <translation>Vorschläge sind offen</translation>
    </message>
    <message>
        <source>tagged, nothing open</source>
        <translation>verschlagwortet, nichts offen</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>looked at, without tags</source>
        <translation>angesehen, ohne Schlagwörter</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <extracomment>The context of the texts of the table, for `QCoreApplication.translate`.</extracomment>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Schlagwörter</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Ordner &amp;hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Add from the cli&amp;pboard</source>
        <translation>Aus der &amp;Zwischenablage hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Watched folders…</source>
        <translation>Beobachtete &amp;Ordner&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>E&amp;instellungen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alle auswählen</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Accept all suggestions</source>
        <translation>Alle Vorschläge &amp;annehmen</translation>
    </message>
    <message>
        <source>Re&amp;ject all suggestions</source>
        <translation>Alle Vorschläge a&amp;blehnen</translation>
    </message>
    <message>
        <source>&amp;Type a tag…</source>
        <translation>Schlagwort e&amp;ingeben&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Remove a tag…</source>
        <translation>Schlagwort ent&amp;fernen&#xa0;…</translation>
    </message>
    <message>
        <source>Show &amp;large</source>
        <translation>&amp;Groß anzeigen</translation>
    </message>
    <message>
        <source>Find &amp;similar photos</source>
        <translation>Ähnliche Fotos &amp;suchen</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner anzeigen</translation>
    </message>
    <message>
        <source>Look at it a&amp;gain</source>
        <translation>&amp;Noch einmal ansehen</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Review doubtful photos</source>
        <translation>&amp;Zweifelhafte Fotos prüfen</translation>
    </message>
    <message>
        <source>&amp;Accept many…</source>
        <translation>&amp;Viele annehmen&#xa0;…</translation>
    </message>
    <message>
        <source>Find &amp;near-duplicates</source>
        <translation>&amp;Fast gleiche Fotos suchen</translation>
    </message>
    <message>
        <source>A&amp;ccuracy</source>
        <translation>&amp;Genauigkeit</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Import a keyword list…</source>
        <translation>Stichwortliste &amp;importieren&#xa0;…</translation>
    </message>
    <message>
        <source>E&amp;xport a keyword list…</source>
        <translation>Stichwortliste &amp;exportieren&#xa0;…</translation>
    </message>
    <message>
        <source>R&amp;ules…</source>
        <translation>&amp;Regeln&#xa0;…</translation>
    </message>
    <message>
        <source>Net&amp;works…</source>
        <translation>Er&amp;kennungsmodelle&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Train your own network…</source>
        <translation>Eigenes &amp;Modell trainieren&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Problems…</source>
        <translation>&amp;Probleme&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;About Tagwright</source>
        <translation>Ü&amp;ber Tagwright</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <extracomment>Whole reasons.</extracomment>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>is not an image of a kind that can be read</source>
        <translation>ist kein lesbares Bild</translation>
    </message>
    <message>
        <source>needs more memory to decode than there is</source>
        <translation>braucht mehr Speicher, als da ist</translation>
    </message>
    <message>
        <source>holds no picture data; the file is probably cut off</source>
        <translation>enthält keine Bilddaten; die Datei ist wohl abgeschnitten</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <source>is too large to be read safely</source>
        <translation>ist zu groß, um sicher gelesen zu werden</translation>
    </message>
    <message>
        <source>is a link that leads back to itself</source>
        <translation>ist eine Verknüpfung, die zu sich selbst zurückführt</translation>
    </message>
    <message>
        <source>is empty, but there were photos in it: is its disk connected?</source>
        <translation>ist leer, enthielt aber Fotos: Ist der Datenträger angeschlossen?</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>die Datei oder der Ordner ist nicht vorhanden</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>ist ein Ordner</translation>
    </message>
    <message>
        <source>not a directory</source>
        <translation>ist kein Ordner</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>it has changed since it was looked at</source>
        <translation>hat sich geändert, seit es angesehen wurde</translation>
    </message>
    <message>
        <source>it was changed by another program meanwhile</source>
        <translation>wurde inzwischen von einem anderen Programm geändert</translation>
    </message>
    <message>
        <source>another program is writing it at this moment</source>
        <translation>wird gerade von einem anderen Programm geschrieben</translation>
    </message>
    <message>
        <source>another program made it meanwhile</source>
        <translation>wurde inzwischen von einem anderen Programm angelegt</translation>
    </message>
    <message>
        <source>what was written could not be read back</source>
        <translation>das Geschriebene ließ sich nicht wieder lesen</translation>
    </message>
    <message>
        <source>another photo has this name now</source>
        <translation>ein anderes Foto trägt jetzt diesen Namen</translation>
    </message>
    <message>
        <source>it changed while it was copied</source>
        <translation>hat sich während des Kopierens geändert</translation>
    </message>
    <message>
        <source>it is a sidecar itself</source>
        <translation>ist selbst eine Begleitdatei</translation>
    </message>
    <message>
        <source>is there already, with other content</source>
        <translation>ist schon vorhanden, mit anderem Inhalt</translation>
    </message>
    <message>
        <source>leads out of the export folder</source>
        <translation>führt aus dem Zielordner hinaus</translation>
    </message>
    <message>
        <source>lies among the originals</source>
        <translation>liegt bei den Originalen</translation>
    </message>
    <message>
        <source>a tag needs a name on every level</source>
        <translation>ein Schlagwort braucht auf jeder Ebene einen Namen</translation>
    </message>
    <message>
        <source>a tag cannot be moved below itself</source>
        <translation>ein Schlagwort kann nicht unter sich selbst verschoben werden</translation>
    </message>
    <message>
        <source>is too large for a keyword list</source>
        <translation>ist zu groß für eine Stichwortliste</translation>
    </message>
    <message>
        <source>is no text in UTF-8 or UTF-16</source>
        <translation>ist kein Text in UTF-8 oder UTF-16</translation>
    </message>
    <message>
        <source>is no text file</source>
        <translation>ist keine Textdatei</translation>
    </message>
    <message>
        <source>belongs to a newer Tagwright, and is left as it is</source>
        <translation>gehört zu einem neueren Tagwright und bleibt, wie es ist</translation>
    </message>
    <message>
        <source>belongs to a newer Tagwright; changes are not kept</source>
        <translation>gehört zu einem neueren Tagwright; Änderungen werden nicht gespeichert</translation>
    </message>
    <message>
        <source>is damaged; the defaults hold</source>
        <translation>ist beschädigt; es gelten die Vorgaben</translation>
    </message>
    <message>
        <source>is not a folder</source>
        <translation>ist kein Ordner</translation>
    </message>
    <message>
        <source>has no photos in folders; put the photos of each class into a folder of its own</source>
        <translation>enthält keine Fotos in Unterordnern; legen Sie die Fotos jeder Klasse in einen eigenen Ordner</translation>
    </message>
    <message>
        <source>has no photos; fill it, or remove it</source>
        <translation>enthält keine Fotos; füllen oder entfernen Sie ihn</translation>
    </message>
    <message>
        <source>has no photos that can be read; each class needs two at least, one to learn and one to judge by</source>
        <translation>enthält keine lesbaren Fotos; jede Klasse braucht mindestens zwei, eines zum Lernen und eines zum Prüfen</translation>
    </message>
    <message>
        <source>has 1 photo that can be read; each class needs two at least, one to learn and one to judge by</source>
        <translation>enthält nur 1 lesbares Foto; jede Klasse braucht mindestens zwei, eines zum Lernen und eines zum Prüfen</translation>
    </message>
    <message>
        <source>there is a model of that name already</source>
        <translation>ein Modell dieses Namens gibt es schon</translation>
    </message>
    <message>
        <source>cannot be refined: it comes without its float form</source>
        <translation>lässt sich nicht verfeinern: seine Gleitkommafassung ist nicht dabei</translation>
    </message>
    <message>
        <source>the training has gone astray: its loss is no longer a number. Try smaller batches or another seed</source>
        <translation>Das Training ist entgleist: Sein Fehler ist keine Zahl mehr. Versuchen Sie kleinere Stapel oder einen anderen Startwert</translation>
    </message>
    <message>
        <source>is damaged or not the file that its model card describes</source>
        <translation>ist beschädigt oder nicht die Datei, die die Modellkarte beschreibt</translation>
    </message>
    <message>
        <source>files are fetched by https only</source>
        <translation>Dateien werden nur über https geholt</translation>
    </message>
    <message>
        <source>is being fetched already, by another Tagwright</source>
        <translation>wird schon von einem anderen Tagwright geholt</translation>
    </message>
    <message>
        <source>the server sends another part of the file than was asked for</source>
        <translation>Der Server sendet einen anderen Teil der Datei als verlangt</translation>
    </message>
    <message>
        <source>the server has another file now</source>
        <translation>Der Server hat inzwischen eine andere Datei</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>connection reset by peer</source>
        <translation>Verbindung vom Server getrennt</translation>
    </message>
    <message>
        <source>network is unreachable</source>
        <translation>Netzwerk nicht erreichbar</translation>
    </message>
    <message>
        <source>no route to host</source>
        <translation>kein Weg zum Server</translation>
    </message>
    <message>
        <source>name or service not known</source>
        <translation>Name nicht bekannt</translation>
    </message>
    <message>
        <source>temporary failure in name resolution</source>
        <translation>Name lässt sich zurzeit nicht auflösen</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>the read operation timed out</source>
        <translation>Zeit beim Lesen abgelaufen</translation>
    </message>
    <message>
        <source>is damaged: {detail}</source>
        <extracomment>With something in them that is said in words of its own, or is a name.</extracomment>
        <translation>ist beschädigt: {detail}</translation>
    </message>
    <message>
        <source>LibRaw cannot read it: {detail}</source>
        <translation>LibRaw kann es nicht lesen: {detail}</translation>
    </message>
    <message>
        <source>is too large to be read safely (the limit is {limit} MB)</source>
        <translation>ist zu groß, um sicher gelesen zu werden (die Grenze ist {limit} MB)</translation>
    </message>
    <message>
        <source>a tag cannot contain {detail}</source>
        <translation>ein Schlagwort darf dies nicht enthalten: {detail}</translation>
    </message>
    <message>
        <source>the tag {tag} cannot be written: {detail}</source>
        <translation>das Schlagwort {tag} kann nicht geschrieben werden: {detail}</translation>
    </message>
    <message>
        <source>its sidecar {name} cannot be added to: {detail}</source>
        <translation>die Begleitdatei {name} kann nicht ergänzt werden: {detail}</translation>
    </message>
    <message>
        <source>{folder} lies among the photos that are to be exported</source>
        <translation>{folder} liegt bei den Fotos, die exportiert werden sollen</translation>
    </message>
    <message>
        <source>has only one class, {name}; a network needs two to tell apart, such as this and anything else</source>
        <translation>hat nur eine Klasse, {name}; ein Modell braucht zwei zum Unterscheiden, etwa diese und alles andere</translation>
    </message>
    <message>
        <source>{name} and {other} would be the same tag</source>
        <translation>{name} und {other} wären dasselbe Schlagwort</translation>
    </message>
    <message>
        <source>training on {photos} photos needs {needed} GB on this disk for a while, and {free} GB are free</source>
        <translation>das Training mit {photos} Fotos braucht zeitweise {needed} GB auf diesem Datenträger, frei sind {free} GB</translation>
    </message>
    <message>
        <source>leads to {address}, which is not https</source>
        <translation>führt zu {address}, das ist kein https</translation>
    </message>
    <message>
        <source>cannot be kept in {folder}: {detail}</source>
        <translation>lässt sich nicht in {folder} ablegen: {detail}</translation>
    </message>
    <message>
        <source>the server is not who it says it is: {detail}</source>
        <translation>Der Server ist nicht der, der er zu sein vorgibt: {detail}</translation>
    </message>
    <message>
        <source>cannot reach {server} ({detail})</source>
        <translation>{server} ist nicht erreichbar ({detail})</translation>
    </message>
    <message>
        <source>the connection was lost ({detail})</source>
        <translation>Die Verbindung ist abgerissen ({detail})</translation>
    </message>
    <message>
        <source>the connection ended after {done} of {total} bytes</source>
        <translation>Die Verbindung endete nach {done} von {total} Bytes</translation>
    </message>
    <message>
        <source>the server answers {detail}</source>
        <translation>Der Server antwortet {detail}</translation>
    </message>
    <message>
        <source>is larger than it should be ({size} MB)</source>
        <translation>ist größer, als es sein dürfte ({size} MB)</translation>
    </message>
    <message>
        <source>needs {size} MB on the disk, which has {free}</source>
        <translation>braucht {size} MB auf dem Datenträger, frei sind {free}</translation>
    </message>
    <message>
        <source>what arrived is not the file that was published, and was dropped ({detail})</source>
        <translation>Angekommen ist nicht die veröffentlichte Datei; sie wurde verworfen ({detail})</translation>
    </message>
    <message>
        <source>answers otherwise after the export (by {difference})</source>
        <translation>antwortet nach dem Export anders (um {difference})</translation>
    </message>
    <message>
        <source>unexpected error: {detail}</source>
        <translation>unerwarteter Fehler: {detail}</translation>
    </message>
    <message>
        <source>unexpected error, please report it: {detail}</source>
        <translation>unerwarteter Fehler, bitte melden: {detail}</translation>
    </message>
</context>
<context>
    <name>AboutBox</name>
    <message>
        <source>About Tagwright</source>
        <translation>Über Tagwright</translation>
    </message>
    <message>
        <source>Suggests tags for photos, and writes them where other photo programs see them. Everything happens on this computer.</source>
        <translation>Schlägt Schlagwörter für Fotos vor und schreibt sie dorthin, wo andere Fotoprogramme sie sehen. Alles geschieht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Network in use: {name}</source>
        <translation>Verwendetes Erkennungsmodell: {name}</translation>
    </message>
    <message>
        <source>Networks that come with it: {names}</source>
        <translation>Mitgelieferte Erkennungsmodelle: {names}</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>Lizenz: {name}</translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <source>Your answers</source>
        <extracomment>So many tags that were left out are named in a tool tip. numpy array of PhotoId, str: photos to be shown in the grid, and what they are. Back to the photos. str: something to be said in passing. With which settings and head it was found, or is being looked for.</extracomment>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Tag by tag</source>
        <translation>Nach Schlagwort</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>Verwechslungen</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>Noch nicht gemessen.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Measure again</source>
        <translation>&amp;Neu messen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>Anhal&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>As a &amp;table (CSV)…</source>
        <translation>Als &amp;Tabelle (CSV)&#xa0;…</translation>
    </message>
    <message>
        <source>As a &amp;picture (PNG)…</source>
        <translation>Als &amp;Bild (PNG)&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Back to the photos</source>
        <translation>&amp;Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Measuring on the photos with tags that you have confirmed …</source>
        <translation>An den Fotos mit bestätigten Schlagwörtern wird gemessen&#xa0;…</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Messung läuft&#xa0;…</translation>
    </message>
    <message>
        <source>It was stopped before there was anything to show.</source>
        <translation>Angehalten, bevor es etwas zu zeigen gab.</translation>
    </message>
    <message>
        <source>It could not be measured.</source>
        <translation>Die Messung ist nicht gelungen.</translation>
    </message>
    <message>
        <source>To measure, there must be two tags at least with {n} photos each that you have confirmed. Accept more suggestions or type tags, and come back.</source>
        <translation>Zum Messen braucht es mindestens zwei Schlagwörter mit je {n} Fotos, bei denen sie bestätigt sind. Bitte weitere Vorschläge annehmen oder Schlagwörter eingeben und dann wiederkommen.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with confirmed tags: too few to measure.</source>
        <translation>
            <numerusform>%n Foto mit bestätigten Schlagwörtern: zu wenig zum Messen.</numerusform>
            <numerusform>%n Fotos mit bestätigten Schlagwörtern: zu wenige zum Messen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) with tags that you have confirmed, each judged as if its own tags were not known.</source>
        <translation>
            <numerusform>Gemessen an %n Foto mit bestätigten Schlagwörtern, beurteilt, als wären seine eigenen Schlagwörter nicht bekannt.</numerusform>
            <numerusform>Gemessen an %n Fotos mit bestätigten Schlagwörtern, jedes beurteilt, als wären seine eigenen Schlagwörter nicht bekannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) with too few photos are left out.</source>
        <translation>
            <numerusform>%n Schlagwort mit zu wenigen Fotos bleibt außen vor.</numerusform>
            <numerusform>%n Schlagwörter mit zu wenigen Fotos bleiben außen vor.</numerusform>
        </translation>
    </message>
    <message>
        <source>{tag}, found as such</source>
        <translation>{tag}, richtig erkannt</translation>
    </message>
    <message>
        <source>{tag}, taken for {other}</source>
        <translation>{tag}, für {other} gehalten</translation>
    </message>
    <message>
        <source>{tag}, missed</source>
        <translation>{tag}, nicht erkannt</translation>
    </message>
    <message>
        <source>{tag} was found on all of its photos.</source>
        <translation>{tag} wurde auf allen Fotos mit diesem Schlagwort erkannt.</translation>
    </message>
    <message>
        <source>Accuracy.csv</source>
        <translation>Genauigkeit.csv</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>Tabellen (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Accuracy.png</source>
        <translation>Genauigkeit.png</translation>
    </message>
    <message>
        <source>Pictures (*.png);;All files (*)</source>
        <translation>Bilder (*.png);;Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>{title}: the first answer is right for {share} of %n photo(s)</source>
        <translation>
            <numerusform>{title}: Bei {share} von %n Foto ist die erste Antwort richtig</numerusform>
            <numerusform>{title}: Bei {share} von %n Fotos ist die erste Antwort richtig</numerusform>
        </translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>Gespeichert: {name}</translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message>
        <source>Add a network</source>
        <extracomment>dict: the card of a network that is in the catalogue now. str: id of a network that photos are to be looked at with from now on.</extracomment>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen&#xa0;…</translation>
    </message>
    <message>
        <source>Choose the file with the names of its classes</source>
        <translation>Datei mit den Namen der Klassen wählen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Numbers of its colours</source>
        <translation>Wertebereich der Farben</translation>
    </message>
    <message>
        <source>Find it out</source>
        <translation>Selbst herausfinden</translation>
    </message>
    <message>
        <source>Only if it says the same of all photos, or talks nonsense.</source>
        <translation>Nur nötig, wenn es zu allen Fotos dasselbe sagt oder Unsinn redet.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Use this network now</source>
        <translation>Dieses Modell jetzt verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Names of its classes</source>
        <translation>Namen der Klassen</translation>
    </message>
    <message>
        <source>There is a network of this name already.</source>
        <translation>Es gibt schon ein Modell dieses Namens.</translation>
    </message>
    <message>
        <source>A name needs a letter or a digit.</source>
        <translation>Ein Name braucht einen Buchstaben oder eine Ziffer.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source> (found beside it)</source>
        <translation> (daneben gefunden)</translation>
    </message>
    <message>
        <source>The names of its classes</source>
        <translation>Namen der Klassen</translation>
    </message>
    <message>
        <source>Lists ({patterns})</source>
        <translation>Listen ({patterns})</translation>
    </message>
    <message>
        <source>Examining it, and trying it on some photos…</source>
        <translation>Wird untersucht und an einigen Fotos ausprobiert&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>It does not say what its %n class(es) are called. Choose the file with their names, one a line.</source>
        <translation>
            <numerusform>Es gibt nicht an, wie seine %n Klasse heißt. Bitte die Datei mit ihrem Namen wählen.</numerusform>
            <numerusform>Es gibt nicht an, wie seine %n Klassen heißen. Bitte die Datei mit den Namen wählen, einem je Zeile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added: it knows %n class(es).</source>
        <translation>
            <numerusform>Hinzugefügt: Es kennt %n Klasse.</numerusform>
            <numerusform>Hinzugefügt: Es kennt %n Klassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Learning from what you accept works less well with it than with others.</source>
        <translation>Aus Angenommenem zu lernen gelingt mit ihm weniger gut als mit anderen.</translation>
    </message>
    <message>
        <source>It said the same of every picture that it was tried on. If it does so of your photos, remove it, and add it again with other numbers under “More”.</source>
        <translation>Es hat zu jedem Bild, an dem es ausprobiert wurde, dasselbe gesagt. Ist das auch bei den Fotos so, bitte entfernen und mit einem anderen Wertebereich unter „Mehr“ neu hinzufügen.</translation>
    </message>
    <message>
        <source>When you use it, all photos are looked at anew in the background; tags that they have stay.</source>
        <translation>Wird es verwendet, werden alle Fotos im Hintergrund neu angesehen; Schlagwörter, die sie haben, bleiben.</translation>
    </message>
    <message>
        <source>Networks ({patterns})</source>
        <translation>Modelle ({patterns})</translation>
    </message>
</context>
<context>
    <name>AnswersPane</name>
    <message>
        <source>Kept</source>
        <extracomment>The column with the small lines.</extracomment>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>Von Hand hinzugefügt</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>Tags suggested, with those that wait</source>
        <translation>Vorgeschlagene Schlagwörter, auch die noch offenen</translation>
    </message>
    <message>
        <source>Suggestions that you accepted</source>
        <translation>Angenommene Vorschläge</translation>
    </message>
    <message>
        <source>Suggestions that you rejected or took out</source>
        <translation>Abgelehnte oder wieder entfernte Vorschläge</translation>
    </message>
    <message>
        <source>Tags that you set without a suggestion</source>
        <translation>Ohne Vorschlag vergebene Schlagwörter</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>By week</source>
        <translation>Nach Wochen</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Nach Monaten</translation>
    </message>
    <message>
        <source>How time is divided</source>
        <translation>Einteilung der Zeit</translation>
    </message>
    <message>
        <source>Answers over time</source>
        <translation>Antworten im Lauf der Zeit</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Alle Schlagwörter</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>Schlagwort suchen</translation>
    </message>
    <message>
        <source>Answers by tag</source>
        <translation>Antworten nach Schlagwort</translation>
    </message>
    <message>
        <source>The share of the answered suggestions that you kept; not shown for fewer than {n}</source>
        <translation>Anteil der beantworteten Vorschläge, die behalten wurden; bei weniger als {n} nicht angezeigt</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Photos that the tag was suggested for, with those that wait</source>
        <translation>Fotos, für die das Schlagwort vorgeschlagen wurde, auch die noch offenen</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) wait for an answer</source>
        <translation>
            <numerusform>%n Vorschlag wartet auf eine Antwort</numerusform>
            <numerusform>%n Vorschläge warten auf eine Antwort</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Rejected or taken out</source>
        <translation>Abgelehnt oder wieder entfernt</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Set by you without a suggestion</source>
        <translation>Ohne Vorschlag vergeben</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>How certain the answered suggestions were on average</source>
        <translation>Wie sicher die beantworteten Vorschläge im Mittel waren</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>The share that was right in each week or month</source>
        <translation>Anteil der richtigen in jeder Woche oder jedem Monat</translation>
    </message>
    <message>
        <source>{kept} of {answered} answered suggestions were right</source>
        <translation>{kept} von {answered} beantworteten Vorschlägen waren richtig</translation>
    </message>
    <message>
        <source>No suggestion has been answered yet. Accept or reject some, and here you see how many were right, for each tag and over time.</source>
        <translation>Noch ist kein Vorschlag beantwortet. Sobald welche angenommen oder abgelehnt sind, steht hier, wie viele richtig waren, für jedes Schlagwort und im Lauf der Zeit.</translation>
    </message>
    <message>
        <source>{period}: {kept} kept, {removed} removed, {added} added by hand</source>
        <translation>{period}: {kept} behalten, {removed} entfernt, {added} von Hand hinzugefügt</translation>
    </message>
    <message>
        <source>Week from {day}</source>
        <translation>Woche ab {day}</translation>
    </message>
</context>
<context>
    <name>BoxField</name>
    <message>
        <source>{} (not there)</source>
        <extracomment>Up to so many choices are all shown at once. Between the frame of a number and its digits; a style sheet cannot say so. The user has changed the value.</extracomment>
        <translation>{} (nicht vorhanden)</translation>
    </message>
</context>
<context>
    <name>BulkAcceptDialog</name>
    <message>
        <source>Accept Suggestions</source>
        <extracomment>The answer of the library is there.</extracomment>
        <translation>Vorschläge annehmen</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>&amp;Tag:</source>
        <translation>&amp;Schlagwort:</translation>
    </message>
    <message>
        <source>A&amp;ccept all suggestions that are at least this certain</source>
        <translation>Alle Vorschläge annehmen, die mindestens so si&amp;cher sind</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Alle Schlagwörter</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}&#xa0;%</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Looking for suggestions …</source>
        <translation>Vorschläge werden gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>Accept {tags} on {photos}</source>
        <translation>{tags} bei {photos} annehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n Schlagwort</numerusform>
            <numerusform>%n Schlagwörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>The least certain of them</source>
        <translation>Die unsichersten davon</translation>
    </message>
    <message>
        <source>No suggestion is so certain; the surest has {n} %</source>
        <translation>Kein Vorschlag ist so sicher; der sicherste hat {n}&#xa0;%</translation>
    </message>
    <message>
        <source>No suggestion waits for an answer</source>
        <translation>Kein Vorschlag wartet auf eine Antwort</translation>
    </message>
</context>
<context>
    <name>CertaintyPane</name>
    <message>
        <source>How often it is right at each certainty</source>
        <extracomment>Certainties that are off by less are as good as right.</extracomment>
        <translation>Wie oft es bei jeder Sicherheit richtig liegt</translation>
    </message>
    <message>
        <source>As measured on photos with confirmed tags</source>
        <translation>Gemessen an Fotos mit bestätigten Schlagwörtern</translation>
    </message>
    <message>
        <source>By your answers to suggestions</source>
        <translation>Nach den Antworten auf Vorschläge</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>Was gezählt wird</translation>
    </message>
    <message>
        <source>There are too few suggestions to say anything.</source>
        <translation>Es gibt zu wenige Vorschläge, um etwas zu sagen.</translation>
    </message>
    <message numerus="yes">
        <source>{certainty} certain on average: {right} right, of %n suggestion(s)</source>
        <translation>
            <numerusform>Im Mittel {certainty} sicher: {right} richtig, bei %n Vorschlag</numerusform>
            <numerusform>Im Mittel {certainty} sicher: {right} richtig, bei %n Vorschlägen</numerusform>
        </translation>
    </message>
    <message>
        <source>how certain it was</source>
        <translation>wie sicher es war</translation>
    </message>
    <message>
        <source>It is right about as often as it says: on average its certainty is off by {points} points. On the dashed line it would be exactly so.</source>
        <translation>Es liegt etwa so oft richtig, wie es angibt: Im Mittel weicht die Sicherheit um {points} Prozentpunkte ab. Auf der gestrichelten Linie träfe sie genau zu.</translation>
    </message>
    <message>
        <source>It is right more often than it says: on average its certainty is off by {points} points. On the dashed line it would be right as often as it says.</source>
        <translation>Es liegt öfter richtig, als es angibt: Im Mittel weicht die Sicherheit um {points} Prozentpunkte ab. Auf der gestrichelten Linie läge es so oft richtig, wie es angibt.</translation>
    </message>
    <message>
        <source>It is right less often than it says: on average its certainty is off by {points} points. On the dashed line it would be right as often as it says.</source>
        <translation>Es liegt seltener richtig, als es angibt: Im Mittel weicht die Sicherheit um {points} Prozentpunkte ab. Auf der gestrichelten Linie läge es so oft richtig, wie es angibt.</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>What it means</source>
        <extracomment>TagPlan: the user wants it. How many tags the user has chosen.</extracomment>
        <translation>Was das bedeutet</translation>
    </message>
    <message>
        <source>Counting photos…</source>
        <translation>Fotos werden gezählt&#xa0;…</translation>
    </message>
    <message>
        <source>“{tag}”</source>
        <translation>„{tag}“</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>{count} of {total}</source>
        <extracomment>As many are shown before somebody asks for the rest. After these a long path may go on in the next line. The context menu of a tag is about to be shown: QMenu, Tag</extracomment>
        <translation>{count} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>Put on all %n photo(s)</source>
        <translation>
            <numerusform>Dem Foto geben</numerusform>
            <numerusform>Allen %n Fotos geben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>%n weiteres anzeigen</numerusform>
            <numerusform>%n weitere anzeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Add a folder of photos</source>
        <extracomment>What the entries above the tag tree search for.</extracomment>
        <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>There is no folder or file on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Ordner und keine Datei.</translation>
    </message>
    <message>
        <source>Select a photo first.</source>
        <translation>Bitte zuerst ein Foto auswählen.</translation>
    </message>
    <message>
        <source>The most similar photos come first</source>
        <translation>Die ähnlichsten Fotos stehen zuerst</translation>
    </message>
    <message>
        <source>Not done: {reason}</source>
        <translation>Nicht ausgeführt: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n photo(s) changed</source>
        <translation>
            <numerusform>Abgebrochen; %n Foto geändert</numerusform>
            <numerusform>Abgebrochen; %n Fotos geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be changed</source>
        <translation>
            <numerusform>%n Foto konnte nicht geändert werden</numerusform>
            <numerusform>%n Fotos konnten nicht geändert werden</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing left of it to undo or redo.</source>
        <translation>Davon ist nichts mehr rückgängig zu machen oder zu wiederholen.</translation>
    </message>
    <message>
        <source>Undone: {label}</source>
        <translation>Rückgängig gemacht: {label}</translation>
    </message>
    <message>
        <source>The photos are whole. What was not done goes on when you resume it, or at the next start.</source>
        <translation>Die Fotos sind unversehrt. Was noch aussteht, geht beim Fortsetzen oder beim nächsten Start weiter.</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Network</source>
        <extracomment>str: id of a network that is to be used.</extracomment>
        <translation>Modell</translation>
    </message>
    <message>
        <source>First tag right</source>
        <translation>Erstes richtig</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Photos a second</source>
        <translation>Fotos je Sekunde</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Compare networks on my photos</source>
        <translation>Modelle an meinen Fotos vergleichen</translation>
    </message>
    <message>
        <source>Looking at the photos whose tags you have confirmed…</source>
        <translation>Fotos mit bestätigten Schlagwörtern werden angesehen&#xa0;…</translation>
    </message>
    <message>
        <source>Networks, the best one first</source>
        <translation>Modelle, das beste zuerst</translation>
    </message>
    <message>
        <source>Of how many photos the surest tag is one that you gave them</source>
        <translation>Bei wie vielen Fotos das sicherste Schlagwort eines der vergebenen ist</translation>
    </message>
    <message>
        <source>How far the photos of a tag come before all others (100 %: all do)</source>
        <translation>Wie weit die Fotos eines Schlagworts vor allen anderen kommen (100&#xa0;%: alle davor)</translation>
    </message>
    <message>
        <source>On this computer&apos;s processor, reading the photos included</source>
        <translation>Auf dem Prozessor dieses Computers, das Lesen der Fotos eingeschlossen</translation>
    </message>
    <message>
        <source>Of the file that looks at photos</source>
        <translation>Der Datei, mit der Fotos angesehen werden</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>{network}: photo {done} of {total}</source>
        <translation>{network}: Foto {done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) whose tags you have confirmed, each by what was learned from the others. 19 times of 20 the truth is within ±.</source>
        <translation>
            <numerusform>Gemessen an %n Foto mit bestätigten Schlagwörtern, anhand dessen, was aus den anderen gelernt wurde. In 19 von 20 Fällen liegt der wahre Wert innerhalb von ±.</numerusform>
            <numerusform>Gemessen an %n Fotos mit bestätigten Schlagwörtern, jedes anhand dessen, was aus den anderen gelernt wurde. In 19 von 20 Fällen liegt der wahre Wert innerhalb von ±.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is too little to compare yet: accept or set at least {tags} tags, each for {photos} photos or more.</source>
        <translation>Zum Vergleichen ist es noch zu wenig: Es braucht mindestens {tags} angenommene oder vergebene Schlagwörter, jedes bei mindestens {photos} Fotos.</translation>
    </message>
    <message>
        <source>{} – in use</source>
        <translation>{} – verwendet</translation>
    </message>
    <message>
        <source>{share} ± {margin} %</source>
        <translation>{share} ± {margin}&#xa0;%</translation>
    </message>
    <message>
        <source>Best on your photos: {name}</source>
        <translation>An diesen Fotos am besten: {name}</translation>
    </message>
    <message>
        <source>On your photos the best is the one in use: {name}</source>
        <translation>An diesen Fotos ist das verwendete Modell das beste: {name}</translation>
    </message>
    <message>
        <source>On your photos the differences are no larger than chance makes them. The one in use is as good as any: {name}</source>
        <translation>An diesen Fotos sind die Unterschiede nicht größer als durch Zufall. Das verwendete Modell ist so gut wie jedes andere: {name}</translation>
    </message>
    <message>
        <source>Better on your photos than the one in use: {name}</source>
        <translation>An diesen Fotos besser als das verwendete Modell: {name}</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>Compare ways of learning</source>
        <extracomment>str: the user wants to use this way.</extracomment>
        <translation>Lernverfahren vergleichen</translation>
    </message>
    <message>
        <source>Answering each of your photos from all the others…</source>
        <translation>Jedes Foto wird anhand aller anderen beantwortet&#xa0;…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>Ways of learning, the best one first</source>
        <translation>Lernverfahren, das beste zuerst</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>First tag right</source>
        <translation>Erstes richtig</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Certainty off by</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Of how many photos the surest tag is one that you gave them</source>
        <translation>Bei wie vielen Fotos das sicherste Schlagwort eines der vergebenen ist</translation>
    </message>
    <message>
        <source>How far the photos of a tag come before all others (100 %: all do)</source>
        <translation>Wie weit die Fotos eines Schlagworts vor allen anderen kommen (100&#xa0;%: alle davor)</translation>
    </message>
    <message>
        <source>How far certainties are from how often they are right, on average</source>
        <translation>Wie weit die Sicherheiten im Mittel davon entfernt sind, wie oft sie richtig liegen</translation>
    </message>
    <message>
        <source>For learning all your answers six times over</source>
        <translation>Um alle Antworten sechsmal zu lernen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>There is too little to compare yet: accept or set at least {tags} tags, each for {photos} photos or more.</source>
        <translation>Zum Vergleichen ist es noch zu wenig: Es braucht mindestens {tags} angenommene oder vergebene Schlagwörter, jedes bei mindestens {photos} Fotos.</translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) that you have answered, each by what was learned from the others. ± is how much it differs from one fifth of them to another.</source>
        <translation>
            <numerusform>Gemessen an %n beantworteten Foto, anhand dessen, was aus den anderen gelernt wurde. ± sagt, wie sehr sich die Fünftel davon unterscheiden.</numerusform>
            <numerusform>Gemessen an %n beantworteten Fotos, jedes anhand dessen, was aus den anderen gelernt wurde. ± sagt, wie sehr sich die Fünftel davon unterscheiden.</numerusform>
        </translation>
    </message>
    <message>
        <source>On your photos the best is the one in use: {name}</source>
        <translation>An diesen Fotos ist das verwendete Verfahren das beste: {name}</translation>
    </message>
    <message>
        <source>On your photos the differences are no larger than chance makes them. The one in use is as good as any: {name}</source>
        <translation>An diesen Fotos sind die Unterschiede nicht größer als durch Zufall. Das verwendete Verfahren ist so gut wie jedes andere: {name}</translation>
    </message>
    <message>
        <source>Better on your photos than the one in use: {name}</source>
        <translation>An diesen Fotos besser als das verwendete Verfahren: {name}</translation>
    </message>
    <message>
        <source>{} – in use</source>
        <translation>{} – verwendet</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} s</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Move tags</source>
        <translation>Schlagwörter verschieben</translation>
    </message>
    <message>
        <source>Move {tags} to the top?</source>
        <translation>{tags} nach ganz oben verschieben?</translation>
    </message>
    <message>
        <source>Move {tags} below “{target}”?</source>
        <translation>{tags} unter „{target}“ verschieben?</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>There already, so merged: {tags}</source>
        <translation>Schon vorhanden, daher zusammengeführt: {tags}</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete tags</source>
        <translation>Schlagwörter löschen</translation>
    </message>
    <message>
        <source>Delete {tags}?</source>
        <translation>{tags} löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>&amp;Reject open suggestions of it too</source>
        <translation>Offene Vorschläge dazu ebenfalls &amp;ablehnen</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Reject %n open suggestion(s) too</source>
        <translation>
            <numerusform>Den offenen Vorschlag dazu ebenfalls &amp;ablehnen</numerusform>
            <numerusform>%n offene Vorschläge dazu ebenfalls &amp;ablehnen</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo has it.</source>
        <translation>Kein Foto hat es.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose them.</source>
        <translation>
            <numerusform>%n Foto verliert sie.</numerusform>
            <numerusform>%n Fotos verlieren sie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose it.</source>
        <translation>
            <numerusform>%n Foto verliert es.</numerusform>
            <numerusform>%n Fotos verlieren es.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>%n Schlagwort darunter geht mit.</numerusform>
            <numerusform>%n Schlagwörter darunter gehen mit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n Datei wird geschrieben.</numerusform>
            <numerusform>%n Dateien werden geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>The tag stays in the tree for its open suggestions.</source>
        <translation>Das Schlagwort bleibt wegen seiner offenen Vorschläge im Baum.</translation>
    </message>
    <message numerus="yes">
        <source>It can be undone, but %n synonym(s) will be lost.</source>
        <translation>
            <numerusform>Es lässt sich rückgängig machen, aber %n Synonym geht verloren.</numerusform>
            <numerusform>Es lässt sich rückgängig machen, aber %n Synonyme gehen verloren.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>Es lässt sich rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Name</source>
        <extracomment>As many are named in a tool tip. In which order states are counted up.</extracomment>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The tags of %n more photo(s) are not read yet.</source>
        <translation>
            <numerusform>Die Schlagwörter von %n weiteren Foto sind noch nicht gelesen.</numerusform>
            <numerusform>Die Schlagwörter von %n weiteren Fotos sind noch nicht gelesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading their tags…</source>
        <translation>Schlagwörter werden gelesen&#xa0;…</translation>
    </message>
    <message>
        <source>Progress</source>
        <extracomment>str: id of the network for which the button was pressed.</extracomment>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Use this network</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>From a file on this computer…</source>
        <translation>Aus einer Datei auf diesem Computer&#xa0;…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Compare its forms…</source>
        <translation>Formen vergleichen&#xa0;…</translation>
    </message>
    <message>
        <source>Float, dynamic and int8 side by side: size, time, and how often it is right</source>
        <translation>Float, dynamic und int8 nebeneinander: Größe, Zeit und wie oft es richtig liegt</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen&#xa0;…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Use another network first.</source>
        <translation>Zuerst ein anderes Modell verwenden.</translation>
    </message>
    <message>
        <source>You can close this window; it goes on as long as Tagwright runs.</source>
        <translation>Dieses Fenster kann geschlossen werden; es geht weiter, solange Tagwright läuft.</translation>
    </message>
    <message>
        <source>What has arrived is kept. Check the connection, then go on.</source>
        <translation>Was schon da ist, bleibt erhalten. Bitte die Verbindung prüfen und dann fortsetzen.</translation>
    </message>
    <message>
        <source>Check the connection and try again, or take a file with its weights that is on this computer.</source>
        <translation>Bitte die Verbindung prüfen und es erneut versuchen oder eine Datei mit den Gewichten auf diesem Computer nehmen.</translation>
    </message>
    <message>
        <source>All photos are then looked at anew in the background. Tags that they have stay.</source>
        <translation>Alle Fotos werden dann im Hintergrund neu angesehen. Schlagwörter, die sie haben, bleiben.</translation>
    </message>
    <message>
        <source>Remove it, and fetch or add it again.</source>
        <translation>Bitte entfernen und neu herunterladen oder hinzufügen.</translation>
    </message>
    <message>
        <source>It lies in the folder “models” beside your settings. Put it right or remove it there.</source>
        <translation>Es liegt im Ordner „models“ neben den Einstellungen. Bitte dort berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>Install Tagwright again to repair it.</source>
        <translation>Zur Reparatur Tagwright bitte neu installieren.</translation>
    </message>
    <message>
        <source>Its weights are fetched from the source below and converted on this computer. Nothing of yours is sent.</source>
        <translation>Die Gewichte werden von der unten genannten Quelle heruntergeladen und auf diesem Computer umgewandelt. Eigene Daten werden nicht gesendet.</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>The key of each entry, and the states of its photos; none for all photos.</extracomment>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation>Ohne Schlagwörter</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>ExampleRow</name>
    <message>
        <source>no tags</source>
        <extracomment>Rows, and among how many photos they are chosen.</extracomment>
        <translation>keine Schlagwörter</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>There are no photos to export.</source>
        <translation>Es gibt keine Fotos zu exportieren.</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>{tag}, {n} %</source>
        <translation>{tag}, {n}&#xa0;%</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <extracomment>Milliseconds without a change until examples are looked up. ExportReport: an export has ended; the dialog shows the same.</extracomment>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Looking at some of the photos…</source>
        <translation>Einige der Fotos werden angesehen …</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto exportieren</numerusform>
            <numerusform>%Ln Fotos exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Your originals stay as they are.</source>
        <translation>Die Originale bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Say which folder to export into.</source>
        <translation>Bitte den Zielordner angeben.</translation>
    </message>
    <message>
        <source>What the table will say</source>
        <translation>Was in der Tabelle steht</translation>
    </message>
    <message>
        <source>What {} will show</source>
        <translation>Was {} zeigen wird</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message numerus="yes">
        <source>The %Ln selected photo(s)</source>
        <extracomment>Something was changed, so that the examples are others. The folder was changed.</extracomment>
        <translation>
            <numerusform>Das ausgewählte Foto</numerusform>
            <numerusform>Die %Ln ausgewählten Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln photo(s) shown</source>
        <translation>
            <numerusform>Das gezeigte Foto</numerusform>
            <numerusform>Die %Ln gezeigten Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photo(s) in the library</source>
        <translation>
            <numerusform>Das einzige Foto der Bibliothek</numerusform>
            <numerusform>Alle %Ln Fotos der Bibliothek</numerusform>
        </translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>Copies of the photos, with the tags in them</source>
        <translation>Kopien der Fotos mit den Schlagwörtern darin</translation>
    </message>
    <message>
        <source>Sidecars only: a small file with the tags for each photo</source>
        <translation>Nur Begleitdateien: zu jedem Foto eine kleine Datei mit den Schlagwörtern</translation>
    </message>
    <message>
        <source>A table for spreadsheets (CSV)</source>
        <translation>Eine Tabelle für Tabellenprogramme (CSV)</translation>
    </message>
    <message>
        <source>A table for programs (JSON)</source>
        <translation>Eine Tabelle für Programme (JSON)</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Program that the photos are for</source>
        <translation>Programm, für das die Fotos sind</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Only tags that are in the photos or accepted</source>
        <translation>Nur Schlagwörter, die in den Fotos stehen oder angenommen sind</translation>
    </message>
    <message>
        <source>Suggestions as well, if they are at least so certain:</source>
        <translation>Auch Vorschläge, wenn sie mindestens so sicher sind:</translation>
    </message>
    <message>
        <source> %</source>
        <translation>&#xa0;%</translation>
    </message>
    <message>
        <source>Least certainty of suggestions</source>
        <translation>Mindestsicherheit der Vorschläge</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>In den Ordner</translation>
    </message>
    <message>
        <source>A folder that holds none of these photos</source>
        <translation>Ein Ordner, in dem keines dieser Fotos liegt</translation>
    </message>
    <message>
        <source>Folder to export into</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the folder to export into</source>
        <translation>Zielordner wählen</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>Something went wrong with %n photo(s)</source>
        <translation>
            <numerusform>Bei %n Foto ist etwas schiefgegangen</numerusform>
            <numerusform>Bei %n Fotos ist etwas schiefgegangen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Watched folders</source>
        <extracomment>Other folders are watched now.</extracomment>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>New, changed and vanished photos in these folders are noticed while Tagwright is open.</source>
        <translation>Solange Tagwright offen ist, bemerkt es neue, geänderte und verschwundene Fotos in diesen Ordnern.</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Ordner &amp;hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Watch no longer</source>
        <translation>Nicht mehr &amp;beobachten</translation>
    </message>
    <message>
        <source>Its photos stay in the library, with their tags</source>
        <translation>Die Fotos bleiben mit ihren Schlagwörtern in der Bibliothek</translation>
    </message>
</context>
<context>
    <name>FormsDialog</name>
    <message>
        <source>float</source>
        <extracomment>Every fifth photo is calibrated with, the others are judged.</extracomment>
        <translation>float</translation>
    </message>
    <message>
        <source>dynamic</source>
        <translation>dynamic</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>The forms of {name}</source>
        <translation>Formen von {name}</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet&#xa0;…</translation>
    </message>
    <message>
        <source>Float, dynamic and int8 side by side</source>
        <translation>Float, dynamic und int8 nebeneinander</translation>
    </message>
    <message>
        <source>As it was published or trained</source>
        <translation>Wie veröffentlicht oder trainiert</translation>
    </message>
    <message>
        <source>With its weights rounded: a quarter of the size</source>
        <translation>Mit gerundeten Gewichten: ein Viertel der Größe</translation>
    </message>
    <message>
        <source>All of it rounded: also faster on a processor</source>
        <translation>Ganz gerundet: auf einem Prozessor auch schneller</translation>
    </message>
    <message>
        <source>Looking at your photos: {done} of {total}</source>
        <translation>Fotos angesehen: {done} von {total}</translation>
    </message>
    <message>
        <source>Converting it in three ways…</source>
        <translation>Wird auf drei Arten umgewandelt&#xa0;…</translation>
    </message>
    <message>
        <source>Loading it…</source>
        <translation>Wird geladen&#xa0;…</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Time for a photo</source>
        <translation>Zeit je Foto</translation>
    </message>
    <message>
        <source>As fast as float</source>
        <translation>Tempo gegenüber float</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Right among the first five</source>
        <translation>Unter den ersten fünf</translation>
    </message>
    <message>
        <source>Right among the first ten</source>
        <translation>Unter den ersten zehn</translation>
    </message>
    <message>
        <source>Same first answer as float</source>
        <translation>Gleiche erste Antwort wie float</translation>
    </message>
    <message>
        <source>Same tags as float</source>
        <translation>Gleiche Schlagwörter wie float</translation>
    </message>
    <message>
        <source>int8 has {size} of the size, is {times} as fast, and gives the same tags for {same} of the photos.</source>
        <translation>int8 hat {size} der Größe, ist {times} so schnell und gibt bei {same} der Fotos dieselben Schlagwörter.</translation>
    </message>
    <message numerus="yes">
        <source>On %n of your photos, one at a time, on this computer&apos;s processor.</source>
        <translation>
            <numerusform>Gemessen an %n Foto, auf dem Prozessor dieses Computers.</numerusform>
            <numerusform>Gemessen an %n Fotos, eines nach dem anderen, auf dem Prozessor dieses Computers.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are too few photos to compare by: add at least {number} to the window first.</source>
        <translation>Zum Vergleichen sind es zu wenige Fotos: Bitte zuerst mindestens {number} zum Fenster hinzufügen.</translation>
    </message>
    <message>
        <source>{} ms</source>
        <translation>{} ms</translation>
    </message>
    <message>
        <source>{} times</source>
        <translation>{}-mal</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>No date</source>
        <extracomment>Says what stands over a group: a title, and after a line break what is said in a weaker colour.</extracomment>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
    <message>
        <source>Photos</source>
        <extracomment>How long the view rests before it says what is on the screen, in milliseconds. One step of the wheel. PhotoId: show it large (double click, Space) PhotoIds on the screen first, then those a page further where, on the screen Escape was pressed: back to all photos</extracomment>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>No photo selected</source>
        <translation>Kein Foto ausgewählt</translation>
    </message>
    <message>
        <source>Select one to see its tags, or several to change their tags together.</source>
        <translation>Hier stehen die Schlagwörter des ausgewählten Fotos. Bei mehreren Fotos lassen sie sich zusammen ändern.</translation>
    </message>
    <message>
        <source>1 to 9</source>
        <translation>1–9</translation>
    </message>
    <message>
        <source>accept a suggestion</source>
        <translation>Vorschlag annehmen</translation>
    </message>
    <message>
        <source>Shift+1 to 9</source>
        <translation>Umschalt+1–9</translation>
    </message>
    <message>
        <source>reject it</source>
        <translation>Vorschlag ablehnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>accept all</source>
        <translation>alle annehmen</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>type a tag</source>
        <translation>Schlagwort eingeben</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>You rejected it for other photos</source>
        <extracomment>What the networks that come with the program call themselves.</extracomment>
        <translation>Bei anderen Fotos abgelehnt</translation>
    </message>
    <message>
        <source>Learned from your answers</source>
        <translation>Aus Ihren Antworten gelernt</translation>
    </message>
    <message>
        <source>The rule “{name}”</source>
        <translation>Die Regel „{name}“</translation>
    </message>
    <message>
        <source>A rule</source>
        <translation>Eine Regel</translation>
    </message>
    <message>
        <source>The network {name}</source>
        <translation>Das Modell {name}</translation>
    </message>
    <message>
        <source>Waiting to be looked at</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Being looked at now</source>
        <translation>Wird gerade angesehen</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Suggestions to review</source>
        <translation>Vorschläge zu prüfen</translation>
    </message>
    <message>
        <source>Tagged</source>
        <translation>Verschlagwortet</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Keine Schlagwörter</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <extracomment>The meaning in `app.ui.theme` that each state is shown in.</extracomment>
        <translation>{date}, {time}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>Marked as rejected</source>
        <translation>Als abgelehnt markiert</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <extracomment>As many photos are counted at once; beyond that, bit by bit, so that the window goes on. list[tuple[PhotoId, Edit]], and what it is, for the menu list[PhotoId]: they failed and are to be tried again. Tag: only photos with it are to be shown. The focus should go back to the photos. QKeyEvent: a key for the photos, while the focus stays here. str: for the status bar.</extracomment>
        <translation>Details</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>On some of them. Click to put on all:</source>
        <translation>Nur bei einigen. Ein Klick gibt es allen:</translation>
    </message>
    <message>
        <source>Not added, as it is no tag: {text}</source>
        <translation>Nicht hinzugefügt, da es kein Schlagwort ist: {text}</translation>
    </message>
    <message>
        <source>Suggestions come once the photo has been looked at.</source>
        <translation>Vorschläge kommen, sobald das Foto angesehen ist.</translation>
    </message>
    <message>
        <source>Nothing left to review.</source>
        <translation>Nichts mehr zu prüfen.</translation>
    </message>
    <message>
        <source>Accept {tag}</source>
        <translation>{tag} annehmen</translation>
    </message>
    <message numerus="yes">
        <source>Accept {tag} for %n photo(s)</source>
        <translation>
            <numerusform>{tag} für %n Foto annehmen</numerusform>
            <numerusform>{tag} für %n Fotos annehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n suggestion(s)</source>
        <translation>
            <numerusform>%n Vorschlag annehmen</numerusform>
            <numerusform>%n Vorschläge annehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject {tag}</source>
        <translation>{tag} ablehnen</translation>
    </message>
    <message numerus="yes">
        <source>Reject {tag} for %n photo(s)</source>
        <translation>
            <numerusform>{tag} für %n Foto ablehnen</numerusform>
            <numerusform>{tag} für %n Fotos ablehnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n suggestion(s)</source>
        <translation>
            <numerusform>%n Vorschlag ablehnen</numerusform>
            <numerusform>%n Vorschläge ablehnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove {tag} from %n photo(s)</source>
        <translation>
            <numerusform>{tag} von %n Foto entfernen</numerusform>
            <numerusform>{tag} von %n Fotos entfernen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add {tag} to %n photo(s)</source>
        <translation>
            <numerusform>{tag} zu %n Foto hinzufügen</numerusform>
            <numerusform>{tag} zu %n Fotos hinzufügen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n tag(s)</source>
        <translation>
            <numerusform>%n Schlagwort hinzufügen</numerusform>
            <numerusform>%n Schlagwörter hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show photos with {tag}</source>
        <translation>Fotos mit {tag} anzeigen</translation>
    </message>
    <message numerus="yes">
        <source>Put {tag} on all %n photo(s)</source>
        <translation>
            <numerusform>{tag} dem Foto geben</numerusform>
            <numerusform>{tag} allen %n Fotos geben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobDialog</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen&#xa0;…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>KeysOverlay</name>
    <message>
        <source>Keys</source>
        <extracomment>Where it stands, what it does, and the key: a sequence, or text such as &quot;1 – 9&quot;. By section: what a key does, and what stands on its caps.</extracomment>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>LearningPane</name>
    <message>
        <source>How often the first answer is right, by examples</source>
        <translation>Wie oft die erste Antwort richtig ist, nach Zahl der Beispiele</translation>
    </message>
    <message>
        <source>For this, the tags need more photos that have just one of them: such photos say most clearly what helped.</source>
        <translation>Dafür brauchen die Schlagwörter mehr Fotos, die nur eines davon haben: Solche Fotos zeigen am deutlichsten, was geholfen hat.</translation>
    </message>
    <message>
        <source>How often the first answer is right on photos that it was not taught, when it is taught just so many of each tag. Where the line still rises, more examples help.</source>
        <translation>Wie oft die erste Antwort bei Fotos richtig ist, die nicht gelernt wurden, wenn von jedem Schlagwort nur so viele gelernt werden. Wo die Linie noch steigt, helfen weitere Beispiele.</translation>
    </message>
    <message numerus="yes">
        <source>With %n example(s) of each tag: {right} right (from {low} to {high})</source>
        <translation>
            <numerusform>Mit %n Beispiel je Schlagwort: {right} richtig (von {low} bis {high})</numerusform>
            <numerusform>Mit %n Beispielen je Schlagwort: {right} richtig (von {low} bis {high})</numerusform>
        </translation>
    </message>
    <message>
        <source>examples of each tag</source>
        <translation>Beispiele je Schlagwort</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tags</source>
        <extracomment>Actions whose keys must not work while somebody types: they belong to the photos. Preferences: the user has set something. Whether somebody is there to be asked, when much is left to be written.</extracomment>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Photo</source>
        <extracomment>The number keys, which belong to the grid and the large photo.</extracomment>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Accept the first suggestion (2 to 9: the others)</source>
        <translation>Ersten Vorschlag annehmen (2 bis 9: die anderen)</translation>
    </message>
    <message>
        <source>Reject the first suggestion (Shift+2 to 9: the others)</source>
        <translation>Ersten Vorschlag ablehnen (Umschalt+2 bis 9: die anderen)</translation>
    </message>
    <message>
        <source>Something went wrong: {text}</source>
        <translation>Etwas ist schiefgegangen: {text}</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>Kein Foto passt zur Suche</translation>
    </message>
    <message>
        <source>Press Escape to see all.</source>
        <translation>Esc zeigt wieder alle.</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>Keine Fotos</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message>
        <source>Mix-ups</source>
        <extracomment>Room for the names, beside the rows and above the columns. int, int: what the photos show, and what they were taken for. str: what is to be said about what is pointed at; empty for nothing.</extracomment>
        <translation>Verwechslungen</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with {tag}, found as such</source>
        <translation>
            <numerusform>%n Foto mit {tag}, richtig erkannt</numerusform>
            <numerusform>%n Fotos mit {tag}, richtig erkannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with {tag} were taken for {other}</source>
        <translation>
            <numerusform>%n Foto mit {tag} wurde für {other} gehalten</numerusform>
            <numerusform>%n Fotos mit {tag} wurden für {other} gehalten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MixUpsPane</name>
    <message>
        <source>Each row is a tag that photos have, each column what they were taken for. Click a cell, or press Enter on it, to see its photos.</source>
        <extracomment>int, int: what the photos show, and what they were taken for, by the tags&apos; indices.</extracomment>
        <translation>Jede Zeile ist ein Schlagwort, das Fotos haben, jede Spalte, wofür sie gehalten wurden. Ein Klick oder Enter auf einem Feld zeigt die Fotos.</translation>
    </message>
    <message>
        <source>Only tags that are mixed up</source>
        <translation>Nur verwechselte Schlagwörter</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Save search</source>
        <extracomment>str: the name.</extracomment>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Takes the place of the search that has this name.</source>
        <translation>Ersetzt die Suche, die schon so heißt.</translation>
    </message>
</context>
<context>
    <name>Networks</name>
    <message>
        <source>Here</source>
        <extracomment>Between the parts of a line. What stands before the reason why something could not be fetched.</extracomment>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Can be fetched</source>
        <translation>Zum Herunterladen</translation>
    </message>
    <message>
        <source>{share} right (published)</source>
        <translation>{share} richtig (veröffentlicht)</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>{share} of {size} fetched</source>
        <translation>{share} von {size} geladen</translation>
    </message>
    <message>
        <source>Not fetched ({size})</source>
        <translation>Nicht geladen ({size})</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>{share} of {size}</source>
        <translation>{share} von {size}</translation>
    </message>
    <message>
        <source>Putting it together…</source>
        <translation>Wird zusammengesetzt&#xa0;…</translation>
    </message>
    <message>
        <source>Converting it; this takes minutes…</source>
        <translation>Wird umgewandelt; das dauert Minuten&#xa0;…</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Wird ausprobiert&#xa0;…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten&#xa0;…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet&#xa0;…</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>When trained</source>
        <translation>Beim Training</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number}&#xa0;%</translation>
    </message>
    <message>
        <source>float</source>
        <translation>float</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>{share} right</source>
        <translation>{share} richtig</translation>
    </message>
    <message>
        <source>{share} among the first five</source>
        <translation>{share} unter den ersten fünf</translation>
    </message>
    <message>
        <source>The network {name} is here now.</source>
        <extracomment>Id and name of some networks. list[tuple[str, str]]: id and name of the networks that are here, whenever they were read.</extracomment>
        <translation>Das Modell {name} ist jetzt vorhanden.</translation>
    </message>
    <message>
        <source>The network {name} could not be fetched: {reason}</source>
        <translation>Das Modell {name} konnte nicht geladen werden: {reason}</translation>
    </message>
</context>
<context>
    <name>NetworksDialog</name>
    <message>
        <source>Networks</source>
        <extracomment>str: id of a network that photos are to be looked at with from now on. The user wants to train a network. list[KnownNetwork]: the catalogue, whenever it was read anew.</extracomment>
        <translation>Erkennungsmodelle</translation>
    </message>
    <message>
        <source>Find a network</source>
        <translation>Modell suchen</translation>
    </message>
    <message>
        <source>No network has all these words.</source>
        <translation>Kein Modell hat alle diese Wörter.</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Datei hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Or drop it on this window: TFLite, Keras, SavedModel</source>
        <translation>Oder in dieses Fenster ziehen: TFLite, Keras, SavedModel</translation>
    </message>
    <message>
        <source>Compare on my photos…</source>
        <translation>An meinen Fotos vergleichen&#xa0;…</translation>
    </message>
    <message>
        <source>Train your own…</source>
        <translation>Eigenes trainieren&#xa0;…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{name} is in use. All photos are looked at anew in the background; tags that they have stay.</source>
        <translation>{name} wird jetzt verwendet. Alle Fotos werden im Hintergrund neu angesehen; Schlagwörter, die sie haben, bleiben.</translation>
    </message>
    <message>
        <source>Weights of the network, as Keras keeps them</source>
        <translation>Gewichte des Modells, wie Keras sie speichert</translation>
    </message>
    <message>
        <source>Weights ({patterns})</source>
        <translation>Gewichte ({patterns})</translation>
    </message>
    <message>
        <source>Remove a network</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove “{name}” from this computer?</source>
        <translation>„{name}“ von diesem Computer entfernen?</translation>
    </message>
    <message>
        <source>Tags that it has given stay.</source>
        <translation>Schlagwörter, die es vergeben hat, bleiben.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Removed. Tags that it has given stay.</source>
        <translation>Entfernt. Schlagwörter, die es vergeben hat, bleiben.</translation>
    </message>
    <message>
        <source>{name} is here now.</source>
        <translation>{name} ist jetzt vorhanden.</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>Tags: {}</source>
        <translation>Schlagwörter: {}</translation>
    </message>
    <message>
        <source>Suggested: {}</source>
        <translation>Vorgeschlagen: {}</translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message>
        <source>Change many photos</source>
        <extracomment>So many photos are shown in the inspector card by card; more are taken together elsewhere. So many files can be dragged to another program at once. str: for the status bar. int: how many photos are selected. From so many photos on it asks before it changes them; 0 never asks. The photos of each action that is being carried out. Says how far it is; whoever shows that stops it.</extracomment>
        <translation>Viele Fotos ändern</translation>
    </message>
    <message numerus="yes">
        <source>This changes %n photo(s).</source>
        <translation>
            <numerusform>Das ändert %n Foto.</numerusform>
            <numerusform>Das ändert %n Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>Es lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Change them</source>
        <translation>&amp;Ändern</translation>
    </message>
    <message>
        <source>Looking for photos that are nearly the same…</source>
        <translation>Fast gleiche Fotos werden gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>No two photos are nearly the same.</source>
        <translation>Keine zwei Fotos sind fast gleich.</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of photos that are nearly the same</source>
        <translation>
            <numerusform>%n Gruppe fast gleicher Fotos</numerusform>
            <numerusform>%n Gruppen fast gleicher Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoDelegate</name>
    <message>
        <source>{tag} {percent} %</source>
        <extracomment>Keys 1 to 9 accept a suggestion. between chips inside a chip, left and right of its text Captions that are kept: some screens full.</extracomment>
        <translation>{tag} {percent}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Large photo</source>
        <extracomment>What an arrow key moves a photo by that is larger than its area, as a share of the area. Space, Escape or the button: back to the grid. Tag: a suggestion was clicked.</extracomment>
        <translation>Großes Foto</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Vorheriges Foto</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>Das ganze Foto</translation>
    </message>
    <message>
        <source>Every pixel as it is</source>
        <translation>Jedes Pixel, wie es ist</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>Zurück zu allen Fotos</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>Dieses Foto kann nicht angezeigt werden</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}&#xa0;%</translation>
    </message>
</context>
<context>
    <name>PlaceDialog</name>
    <message>
        <source>Merge tags</source>
        <translation>Schlagwörter zusammenführen</translation>
    </message>
    <message>
        <source>Merge {tags} into…</source>
        <translation>{tags} zusammenführen mit&#xa0;…</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Move tags</source>
        <translation>Schlagwörter verschieben</translation>
    </message>
    <message>
        <source>Move {tags} below…</source>
        <translation>{tags} verschieben unter&#xa0;…</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>Schlagwort suchen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>To the &amp;top, below no other tag</source>
        <translation>Nach ganz &amp;oben, unter kein anderes</translation>
    </message>
    <message>
        <source>Choose a tag.</source>
        <translation>Bitte ein Schlagwort wählen.</translation>
    </message>
    <message>
        <source>There already, so merged: {tags}</source>
        <translation>Schon vorhanden, daher zusammengeführt: {tags}</translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>What is wrong with the tag</source>
        <extracomment>Row: it was clicked.</extracomment>
        <translation>Was am Schlagwort nicht stimmt</translation>
    </message>
    <message>
        <source>Tags that fit</source>
        <translation>Passende Schlagwörter</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>In your library</source>
        <extracomment>PhotoId: the user wants to see an example.</extracomment>
        <translation>In der Bibliothek</translation>
    </message>
    <message>
        <source>What it would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Tags that change</source>
        <translation>Schlagwörter, die sich ändern</translation>
    </message>
    <message>
        <source>&amp;For example</source>
        <translation>Zum &amp;Beispiel</translation>
    </message>
    <message>
        <source>Examples of photos that change</source>
        <translation>Beispiele für Fotos, die sich ändern</translation>
    </message>
    <message>
        <source>Change a rule to see what it would do to your photos.</source>
        <translation>Sobald eine Regel geändert ist, steht hier, was das für die Fotos hieße.</translation>
    </message>
    <message>
        <source>Looking through your library…</source>
        <translation>Die Bibliothek wird durchgesehen&#xa0;…</translation>
    </message>
    <message>
        <source>The network has looked at no photo yet.</source>
        <translation>Das Modell hat noch kein Foto angesehen.</translation>
    </message>
    <message>
        <source>No photo would get other suggestions.</source>
        <translation>Kein Foto bekäme andere Vorschläge.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of {all} would get other suggestions.</source>
        <translation>
            <numerusform>%n von {all} Fotos bekäme andere Vorschläge.</numerusform>
            <numerusform>%n von {all} Fotos bekämen andere Vorschläge.</numerusform>
        </translation>
    </message>
    <message>
        <source>What you have confirmed or rejected stays as it is.</source>
        <translation>Bestätigtes und Abgelehntes bleibt, wie es ist.</translation>
    </message>
</context>
<context>
    <name>ProblemModel</name>
    <message>
        <source>File</source>
        <extracomment>int: how many files there are now. Answers the `Problem`, or None for a reason.</extracomment>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>{name} (trying again …)</source>
        <translation>{name} (neuer Versuch&#xa0;…)</translation>
    </message>
    <message>
        <source>{reason} ({n})</source>
        <translation>{reason} ({n})</translation>
    </message>
</context>
<context>
    <name>ProblemsDialog</name>
    <message>
        <source>What Went Wrong</source>
        <translation>Was schiefgegangen ist</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Nothing went wrong.</source>
        <extracomment>list[PhotoId]: to be looked at again. list[Path]: to be added again; the library does not know them.</extracomment>
        <translation>Nichts ist schiefgegangen.</translation>
    </message>
    <message>
        <source>&amp;Try Again</source>
        <translation>E&amp;rneut versuchen</translation>
    </message>
    <message>
        <source>Try &amp;All Again</source>
        <translation>&amp;Alle erneut versuchen</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>Im &amp;Ordner anzeigen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schiefgegangen ist</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be handled</source>
        <translation>
            <numerusform>%n Datei konnte nicht verarbeitet werden</numerusform>
            <numerusform>%n Dateien konnten nicht verarbeitet werden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress of the export</source>
        <extracomment>More than that nobody reads, and the window would stop while they are laid out. A space of no width.</extracomment>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total} photos</source>
        <translation>Export: {done} von {total} Fotos</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename tag</source>
        <translation>Schlagwort umbenennen</translation>
    </message>
    <message>
        <source>Rename “{tag}”</source>
        <translation>„{tag}“ umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>&amp;Neuer Name</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>“{tag}” is there already: the two become one.</source>
        <translation>„{tag}“ gibt es schon: Aus beiden wird eines.</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>The slash becomes part of the name.</source>
        <translation>Der Schrägstrich wird Teil des Namens.</translation>
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation>Ein Schlagwort braucht einen Namen.</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>What went wrong, or elsewhere</source>
        <translation>Was nicht gelang oder anders ablief</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be exported:</source>
        <translation>
            <numerusform>%Ln Foto konnte nicht exportiert werden:</numerusform>
            <numerusform>%Ln Fotos konnten nicht exportiert werden:</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes:</source>
        <translation>Hinweise:</translation>
    </message>
    <message>
        <source>The export has stopped</source>
        <translation>Der Export ist abgebrochen</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled after %Ln photo(s)</source>
        <translation>
            <numerusform>Nach %Ln Foto abgebrochen</numerusform>
            <numerusform>Nach %Ln Fotos abgebrochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported</source>
        <translation>
            <numerusform>%Ln Foto exportiert</numerusform>
            <numerusform>%Ln Fotos exportiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder: {}</source>
        <translation>Ordner: {}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with tags in the photo</source>
        <translation>
            <numerusform>%Ln mit Schlagwörtern im Foto</numerusform>
            <numerusform>%Ln mit Schlagwörtern im Foto</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with a sidecar</source>
        <translation>
            <numerusform>%Ln mit Begleitdatei</numerusform>
            <numerusform>%Ln mit Begleitdatei</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without tags</source>
        <translation>
            <numerusform>%Ln ohne Schlagwörter</numerusform>
            <numerusform>%Ln ohne Schlagwörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had been there already</source>
        <translation>
            <numerusform>%Ln schon vorhanden</numerusform>
            <numerusform>%Ln schon vorhanden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>What the validation photos show (rows), and what they were taken for:</source>
        <translation>Was die Validierungsfotos zeigen (Zeilen), und wofür sie gehalten wurden:</translation>
    </message>
    <message>
        <source>“{name}” names {share} of the photos right that it has not learned</source>
        <translation>„{name}“ erkennt {share} der Fotos richtig, die es nicht gelernt hat</translation>
    </message>
    <message numerus="yes">
        <source>Judged by %Ln validation photo(s), which it did not learn but which chose the best round.</source>
        <translation>
            <numerusform>Beurteilt an %Ln Validierungsfoto, das es nicht gelernt hat, nach dem aber die beste Runde gewählt wurde.</numerusform>
            <numerusform>Beurteilt an %Ln Validierungsfotos, die es nicht gelernt hat, nach denen aber die beste Runde gewählt wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>It takes every photo for one of its classes, whatever the photo shows. So it only suggests: a tag is written once you accept it.</source>
        <translation>Es hält jedes Foto für eine seiner Klassen, was auch immer darauf ist. Daher schlägt es nur vor: Ein Schlagwort wird erst geschrieben, wenn es angenommen ist.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Nothing was kept. Your photos are as they were.</source>
        <translation>Nichts wurde behalten. Die Fotos sind, wie sie waren.</translation>
    </message>
    <message>
        <source>The training has failed</source>
        <translation>Das Training ist fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Reviewed photos</source>
        <translation>Geprüfte Fotos</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>Überspr&amp;ingen</translation>
    </message>
    <message>
        <source>Ask about this photo again at the end</source>
        <translation>Dieses Foto am Ende noch einmal zeigen</translation>
    </message>
    <message>
        <source>Skip this photo</source>
        <translation>Dieses Foto überspringen</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>Fer&amp;tig</translation>
    </message>
    <message>
        <source>End the review; every answer so far is kept</source>
        <translation>Die Prüfung beenden; alle bisherigen Antworten bleiben</translation>
    </message>
    <message>
        <source>End the review</source>
        <translation>Prüfung beenden</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>{n} of {total} reviewed</source>
        <translation>{n} von {total} geprüft</translation>
    </message>
    <message>
        <source>{n} left</source>
        <translation>noch {n}</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>{n} übersprungen</translation>
    </message>
    <message numerus="yes">
        <source>All done: %n photo(s) reviewed</source>
        <translation>
            <numerusform>Fertig: %n Foto geprüft</numerusform>
            <numerusform>Fertig: %n Fotos geprüft</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to review: no suggestion waits for an answer</source>
        <translation>Nichts zu prüfen: Kein Vorschlag wartet auf eine Antwort</translation>
    </message>
</context>
<context>
    <name>RulesDelegate</name>
    <message>
        <source> %</source>
        <translation>&#xa0;%</translation>
    </message>
    <message>
        <source>Suggested from, in percent</source>
        <translation>Vorgeschlagen ab, in Prozent</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Further tags</source>
        <translation>Weitere Schlagwörter</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules</source>
        <extracomment>Between a change and the look through the library, in milliseconds. The rules are others now: photos are to be judged anew. PhotoId: the user wants to see an example.</extracomment>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>The network knows a thousand words. The rules turn them into your tags: which tag a word becomes, and how certain the network must be.</source>
        <translation>Das Modell kennt tausend Wörter. Die Regeln machen daraus Schlagwörter: welches aus einem Wort wird, und wie sicher das Modell sein muss.</translation>
    </message>
    <message>
        <source>Find a tag or a word of the network</source>
        <translation>Schlagwort oder Wort des Modells suchen</translation>
    </message>
    <message>
        <source>Find a rule</source>
        <translation>Regel suchen</translation>
    </message>
    <message>
        <source>&amp;Use the program&apos;s rules again…</source>
        <translation>Wieder die &amp;mitgelieferten Regeln verwenden&#xa0;…</translation>
    </message>
    <message>
        <source>These are your own rules, in {path}. Comments in it stay.</source>
        <translation>Dies sind eigene Regeln, in {path}. Kommentare darin bleiben.</translation>
    </message>
    <message>
        <source>These are the program&apos;s rules. Once you save, you have rules of your own, in {path}, and changes that come with a new version do not reach them.</source>
        <translation>Dies sind die mitgelieferten Regeln. Beim Speichern entstehen daraus eigene, in {path}; Änderungen neuer Programmversionen kommen dort nicht an.</translation>
    </message>
    <message>
        <source>The rules cannot be read. Mend the file, or use the program&apos;s rules again.</source>
        <translation>Die Regeln sind nicht lesbar. Die Datei muss berichtigt werden, oder es gelten wieder die mitgelieferten Regeln.</translation>
    </message>
    <message>
        <source>Change a rule to see what it would do to your photos.</source>
        <translation>Sobald eine Regel geändert ist, steht hier, was das für die Fotos hieße.</translation>
    </message>
    <message>
        <source>Use the program&apos;s rules again?</source>
        <translation>Wieder die mitgelieferten Regeln verwenden?</translation>
    </message>
    <message>
        <source>Your own rules are kept beside them, as rules.before.yml, in place of an older file of that name.</source>
        <translation>Die eigenen Regeln bleiben daneben als rules.before.yml erhalten, anstelle einer älteren Datei dieses Namens.</translation>
    </message>
    <message>
        <source>Use the program&apos;s rules</source>
        <translation>Mitgelieferte Regeln verwenden</translation>
    </message>
    <message>
        <source>&amp;Drop the change</source>
        <translation>Änderung &amp;verwerfen</translation>
    </message>
</context>
<context>
    <name>RulesModel</name>
    <message>
        <source>“{name}” is the tag itself.</source>
        <extracomment>Something was changed. str: what was typed cannot be; empty once something else was.</extracomment>
        <translation>„{name}“ ist das Schlagwort selbst.</translation>
    </message>
    <message numerus="yes">
        <source>{word} and %n more</source>
        <translation>
            <numerusform>{word} und %n weiteres</numerusform>
            <numerusform>{word} und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>Vorher: {value}</translation>
    </message>
    <message>
        <source>The network says</source>
        <translation>Das Modell sagt</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Suggested from</source>
        <translation>Vorschlag ab</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Further tags</source>
        <translation>Weitere</translation>
    </message>
    <message>
        <source>The network&apos;s own words that lead to the tag.</source>
        <translation>Die Wörter des Modells, die zum Schlagwort führen.</translation>
    </message>
    <message>
        <source>The tag with its place in the tree, as in Animal/Cat.</source>
        <translation>Das Schlagwort mit seinem Platz im Baum, etwa Tier/Katze.</translation>
    </message>
    <message>
        <source>The network&apos;s own score must be at least this; the certainty that you see is made from it and mostly higher. 100 % switches the rule off.</source>
        <translation>So hoch muss der Wert des Modells selbst mindestens sein; die angezeigte Sicherheit wird daraus bestimmt und ist meist höher. 100&#xa0;% schaltet die Regel aus.</translation>
    </message>
    <message>
        <source>Of a photo&apos;s suggestions, the higher comes first.</source>
        <translation>Von den Vorschlägen zu einem Foto kommt der höhere zuerst.</translation>
    </message>
    <message>
        <source>More tags that come with it, with commas between them.</source>
        <translation>Weitere Schlagwörter, die dazukommen, durch Kommas getrennt.</translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Share of photos that are right, by round</source>
        <translation>Anteil der richtigen Fotos, nach Runde</translation>
    </message>
    <message>
        <source>How wrong it is (loss), by round</source>
        <translation>Wie falsch es liegt (Loss), nach Runde</translation>
    </message>
    <message>
        <source>Some of your photos, and how they are changed by chance while it learns</source>
        <translation>Einige der Fotos, und wie sie beim Lernen zufällig verändert werden</translation>
    </message>
    <message>
        <source>First the photo, then as it is changed by chance while it is learned</source>
        <translation>Zuerst das Foto, dann wie es beim Lernen zufällig verändert wird</translation>
    </message>
    <message>
        <source>Photos that are right</source>
        <translation>Richtige Fotos</translation>
    </message>
    <message>
        <source>How wrong it is (loss)</source>
        <translation>Wie falsch es liegt (Loss)</translation>
    </message>
    <message>
        <source>Training “{name}”</source>
        <translation>Training von „{name}“</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet&#xa0;…</translation>
    </message>
    <message>
        <source>Ending; the best so far is kept…</source>
        <translation>Wird beendet; das bisher Beste bleibt erhalten&#xa0;…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen&#xa0;…</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>noch höchstens {time}</translation>
    </message>
    <message>
        <source>at most {time} left of this part</source>
        <translation>noch höchstens {time} für diesen Teil</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Round {number}: {right} of the training photos and {validation} of the validation photos are right; loss {loss} and {validation_loss}.</source>
        <translation>Runde {number}: {right} der Trainingsfotos und {validation} der Validierungsfotos sind richtig; Loss {loss} und {validation_loss}.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%Ln Foto ist nicht lesbar und bleibt außen vor.</numerusform>
            <numerusform>%Ln Fotos sind nicht lesbar und bleiben außen vor.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedSearchList</name>
    <message>
        <source>Saved searches</source>
        <extracomment>str: this is to be searched for.</extracomment>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <extracomment>Others, or under other names, than before.</extracomment>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>F2 renames, Delete forgets.</source>
        <translation>F2 benennt um, Entf vergisst.</translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>&amp;Back to accuracy</source>
        <extracomment>Show all photos again. Back to the page that has asked for these photos.</extracomment>
        <translation>Zurück zur &amp;Genauigkeit</translation>
    </message>
    <message>
        <source>Show &amp;all photos</source>
        <translation>Alle Fotos an&amp;zeigen</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search tags, names, folders, cameras</source>
        <extracomment>Milliseconds after the last key until what was typed is searched for; until a mistake in it is pointed out; and after a change of the library until it is asked what there is in it now. Query, or None for everything: this is to be shown. Enter or Escape was pressed in the field: back to the photos.</extracomment>
        <translation>Schlagwörter, Namen, Ordner, Kameras suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Saved and recent searches</source>
        <translation>Gespeicherte und letzte Suchen</translation>
    </message>
    <message>
        <source>Suggestions for the search</source>
        <translation>Vorschläge für die Suche</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>Diese Suche speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Forget the saved search “{name}”</source>
        <translation>Gespeicherte Suche „{name}“ vergessen</translation>
    </message>
    <message>
        <source>No saved searches yet</source>
        <translation>Noch keine gespeicherten Suchen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Edit saved searches…</source>
        <translation>Gespeicherte Suchen bearbeiten&#xa0;…</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <extracomment>A number counts as meant when it has not changed for so long, in milliseconds. Preferences: the user has changed something. str: the name of an option of which the button was pressed.</extracomment>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Back to defaults</source>
        <translation>Zurück zu den Vorgaben</translation>
    </message>
    <message>
        <source>Set everything under “{}” back to its default</source>
        <translation>Alles unter „{}“ auf die Vorgaben zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ShareField</name>
    <message>
        <source> %</source>
        <translation>&#xa0;%</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Add folder…</source>
        <extracomment>The user wants to choose a folder. Path: a folder that was there before is wanted again. str: key of the section of the settings that the user wants to see.</extracomment>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Zuletzt benutzte Ordner</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>{} öffnen</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo and keeps them to itself: your photos stay as they are. It can also &lt;a href=&quot;writing&quot;&gt;write tags into them&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Schlagwörter vor und behält sie für sich: Die Fotos bleiben, wie sie sind. Auf Wunsch werden &lt;a href=&quot;writing&quot;&gt;Schlagwörter in die Fotos geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo, and writes tags into small files beside the photos, which stay as they are; everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write into the photos&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Schlagwörter vor und schreibt sie in kleine Dateien neben den Fotos. Die Fotos bleiben, wie sie sind, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;in die Fotos geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. What you accept is written into the photos, where other programs find it; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write what it is sure of by itself&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Schlagwörter vor. Angenommene werden in die Fotos geschrieben, wo andere Programme sie finden; sonst ändert sich nichts an ihnen, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;Sicheres von selbst geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. Those it is sure of are written into the photos, where other programs find them; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write only what you accept&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Schlagwörter vor. Sichere werden in die Fotos geschrieben, wo andere Programme sie finden; sonst ändert sich nichts an ihnen, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;nur Angenommenes geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>Wird angesehen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Has suggestions</source>
        <translation>Hat Vorschläge</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Keine Schlagwörter</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Photos shown and selected</source>
        <extracomment>Fewer photos than this are changed before anybody has read that they are. Of what the user did, what is not done yet is not to be done. Photos are not to be compared any further.</extracomment>
        <translation>Gezeigte und ausgewählte Fotos</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Photos still to be changed</source>
        <translation>Fotos, die noch zu ändern sind</translation>
    </message>
    <message>
        <source>Share of the photos that are done</source>
        <translation>Anteil der fertigen Fotos</translation>
    </message>
    <message>
        <source>Stop; the photos that are left keep waiting</source>
        <translation>Anhalten; die übrigen Fotos warten weiter</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Leave the other photos as they are; what has been changed can be undone</source>
        <translation>Die übrigen Fotos bleiben, wie sie sind; was geändert wurde, lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Stop changing photos</source>
        <translation>Ändern der Fotos abbrechen</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Stop comparing photos</source>
        <translation>Vergleichen der Fotos abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n photo(s)</source>
        <translation>
            <numerusform>{shown} von %n Foto</numerusform>
            <numerusform>{shown} von %n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) still to be changed</source>
        <translation>
            <numerusform>noch %n Foto zu ändern</numerusform>
            <numerusform>noch %n Fotos zu ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing photos: {percent} %</source>
        <translation>Fotos werden verglichen: {percent} %</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>Show what went wrong, and try again</source>
        <translation>Zeigen, was schiefgegangen ist, und erneut versuchen</translation>
    </message>
    <message>
        <source>Learning anew from your answers…</source>
        <translation>Aus den Antworten wird neu gelernt&#xa0;…</translation>
    </message>
    <message>
        <source>Learned anew: the suggestions for all photos are up to date.</source>
        <translation>Neu gelernt: Die Vorschläge für alle Fotos sind auf dem neuesten Stand.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) done</source>
        <translation>
            <numerusform>%n Foto fertig</numerusform>
            <numerusform>%n Fotos fertig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking through folders…</source>
        <translation>Ordner werden durchgesehen&#xa0;…</translation>
    </message>
    <message>
        <source>Looking once more: {done} of {total}</source>
        <translation>Noch einmal angesehen: {done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>{rate} photos a second</source>
        <translation>{rate} Fotos pro Sekunde</translation>
    </message>
    <message>
        <source>still looking through folders</source>
        <translation>Ordner werden noch durchgesehen</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>noch etwa %n Minute</numerusform>
            <numerusform>noch etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>noch etwa %n Stunde</numerusform>
            <numerusform>noch etwa %n Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionRow</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>There are keys for as many suggestions.</extracomment>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept {tag}</source>
        <translation>{tag} annehmen</translation>
    </message>
    <message>
        <source>Reject {tag}</source>
        <translation>{tag} ablehnen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Accept (key {number})</source>
        <translation>Annehmen (Taste {number})</translation>
    </message>
    <message>
        <source>Reject (Shift+{number})</source>
        <translation>Ablehnen (Umschalt+{number})</translation>
    </message>
    <message>
        <source>{percent} certain</source>
        <translation>{percent} sicher</translation>
    </message>
    <message>
        <source>On average {mean} certain, at most {highest}</source>
        <translation>Im Mittel {mean} sicher, höchstens {highest}</translation>
    </message>
    <message>
        <source>Show photos with {tag}</source>
        <translation>Fotos mit {tag} anzeigen</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Accept all</source>
        <translation>Alle annehmen</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>Alle ablehnen</translation>
    </message>
    <message>
        <source>Accept all that are shown (Enter)</source>
        <translation>Alle gezeigten annehmen (Enter)</translation>
    </message>
    <message>
        <source>Reject all that are shown</source>
        <translation>Alle gezeigten ablehnen</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>%n weiteren anzeigen</numerusform>
            <numerusform>%n weitere anzeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SynonymsDialog</name>
    <message>
        <source>Synonyms</source>
        <extracomment>Tag, tuple[str, ...]: the user wants these.</extracomment>
        <translation>Synonyme</translation>
    </message>
    <message>
        <source>Other words for “{tag}”</source>
        <translation>Andere Wörter für „{tag}“</translation>
    </message>
    <message>
        <source>One on each line. You find the tag by any of them when you type or search; they are exported in keyword lists, and not written into photos.</source>
        <translation>Eines pro Zeile. Beim Tippen und Suchen führt jedes davon zum Schlagwort. In Stichwortlisten werden sie exportiert, in Fotos nicht geschrieben.</translation>
    </message>
    <message>
        <source>Kitty</source>
        <translation>Mieze</translation>
    </message>
    <message>
        <source>Synonyms, one on each line</source>
        <translation>Synonyme, eines pro Zeile</translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>Move {tag}</source>
        <extracomment>list[tuple[Tag, Tag]]: old and new tags of what was handed to the engine. str: something was done that shows nowhere else, for the status bar.</extracomment>
        <translation>{tag} verschieben</translation>
    </message>
    <message>
        <source>Merge {tag}</source>
        <translation>{tag} zusammenführen</translation>
    </message>
    <message>
        <source>Delete {tag}</source>
        <translation>{tag} löschen</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
    <message>
        <source>Name, as in Animal/Cat</source>
        <translation>Name, etwa Tier/Katze</translation>
    </message>
    <message>
        <source>Name, below “{tag}”</source>
        <translation>Name, unter „{tag}“</translation>
    </message>
    <message>
        <source>Add {tag}</source>
        <translation>{tag} hinzufügen</translation>
    </message>
    <message>
        <source>Import a keyword list</source>
        <translation>Stichwortliste importieren</translation>
    </message>
    <message>
        <source>Keyword lists (*.txt);;All files (*)</source>
        <translation>Stichwortlisten (*.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Export a keyword list</source>
        <translation>Stichwortliste exportieren</translation>
    </message>
    <message>
        <source>Keywords.txt</source>
        <translation>Stichwörter.txt</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) imported.</source>
        <translation>
            <numerusform>%n Schlagwort importiert.</numerusform>
            <numerusform>%n Schlagwörter importiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) could not be taken over.</source>
        <translation>
            <numerusform>%n Zeile konnte nicht übernommen werden.</numerusform>
            <numerusform>%n Zeilen konnten nicht übernommen werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}: {reason}</source>
        <translation>Zeile {line}: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) exported.</source>
        <translation>
            <numerusform>%n Schlagwort exportiert.</numerusform>
            <numerusform>%n Schlagwörter exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keyword list</source>
        <translation>Stichwortliste</translation>
    </message>
    <message>
        <source>Rename {old} to {new}</source>
        <translation>{old} in {new} umbenennen</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add tags</source>
        <extracomment>Keys that the window&apos;s shortcuts are not to get while somebody types. The ways to come here after which tags are offered at once. Keys that go on to another photo while nothing is typed. Beside them may be pressed: Shift selects from here to there. list[Tag] The user has had enough of typing. QKeyEvent: a key for the photos.</extracomment>
        <translation>Schlagwörter hinzufügen</translation>
    </message>
    <message>
        <source>A tag cannot contain “{character}”: photo programs use it as a mark.</source>
        <translation>Ein Schlagwort darf kein „{character}“ enthalten: Fotoprogramme verwenden es als Trennzeichen.</translation>
    </message>
    <message>
        <source>A tag cannot contain an invisible control character.</source>
        <translation>Ein Schlagwort darf keine unsichtbaren Steuerzeichen enthalten.</translation>
    </message>
    <message>
        <source>A name is missing before or after “/”, as in Animal/Cat.</source>
        <translation>Vor oder nach „/“ fehlt ein Name, wie in Tier/Katze.</translation>
    </message>
</context>
<context>
    <name>TagStrip</name>
    <message>
        <source>Tags of this photo</source>
        <extracomment>Suggestions that have a key. Lines, and what a name may take: the first with which all that have a key can be seen. Tag: somebody clicked on a suggestion.</extracomment>
        <translation>Schlagwörter dieses Fotos</translation>
    </message>
    <message>
        <source>{key} {tag}, suggested, {percent} %</source>
        <translation>{key} {tag}, vorgeschlagen, {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}&#xa0;%</translation>
    </message>
    <message>
        <source>+{n}</source>
        <translation>+{n}</translation>
    </message>
    <message>
        <source>No tags yet. Press T to type one.</source>
        <translation>Noch keine Schlagwörter. Mit T eines eingeben.</translation>
    </message>
    <message>
        <source>Enter accepts all</source>
        <translation>Enter nimmt alle an</translation>
    </message>
</context>
<context>
    <name>TagTreeModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>core.tag.Tag photos that have it or one below it photos for which one of them is suggested the name and the synonyms list[PhotoId], Tag: photos were dropped onto a tag. list[Tag], Tag or None: tags were dropped onto another one, or beside all of them.</extracomment>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>suggested for %n photo(s)</source>
        <translation>
            <numerusform>für %n Foto vorgeschlagen</numerusform>
            <numerusform>für %n Fotos vorgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Also: {words}</source>
        <translation>Auch: {words}</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag or one below it</source>
        <translation>
            <numerusform>%n Foto mit diesem Schlagwort oder einem darunter</numerusform>
            <numerusform>%n Fotos mit diesem Schlagwort oder einem darunter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with this very tag</source>
        <translation>
            <numerusform>%n davon mit genau diesem</numerusform>
            <numerusform>%n davon mit genau diesem</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag</source>
        <translation>
            <numerusform>%n Foto mit diesem Schlagwort</numerusform>
            <numerusform>%n Fotos mit diesem Schlagwort</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suggested for %n photo(s)</source>
        <translation>
            <numerusform>Für %n Foto vorgeschlagen</numerusform>
            <numerusform>Für %n Fotos vorgeschlagen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagTreePanel</name>
    <message>
        <source>Tags</source>
        <extracomment>The tree is read again at most this often, in milliseconds, and at most a quarter of the time. A tree with at most this many branches at the top shows what is below them at first. list[Tag]: show only photos with one of these tags, or a tag below; empty for all. str: show only &quot;review&quot;, &quot;untagged&quot; or &quot;failed&quot; photos, or &quot;all&quot;. str: something was done that shows nowhere else, for the status bar.</extracomment>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>Schlagwort suchen</translation>
    </message>
    <message>
        <source>Your tags appear here as soon as photos have some.</source>
        <translation>Sobald Fotos Schlagwörter haben, stehen sie hier.</translation>
    </message>
    <message>
        <source>Photos by state</source>
        <translation>Fotos nach Status</translation>
    </message>
    <message>
        <source>Show &amp;photos</source>
        <translation>&amp;Fotos anzeigen</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>&amp;Umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>M&amp;ove to…</source>
        <translation>&amp;Verschieben nach&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation>&amp;Zusammenführen mit&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen&#xa0;…</translation>
    </message>
    <message>
        <source>New &amp;tag…</source>
        <translation>&amp;Neues Schlagwort&#xa0;…</translation>
    </message>
    <message>
        <source>&amp;Synonyms…</source>
        <translation>&amp;Synonyme&#xa0;…</translation>
    </message>
</context>
<context>
    <name>TagsPane</name>
    <message>
        <source>tags that are at least {n} % certain</source>
        <extracomment>From so many tags on, those that are never mixed up can be left out. Tag: the photos on which it was missed are wanted.</extracomment>
        <translation>Schlagwörter, die mindestens {n}&#xa0;% sicher sind</translation>
    </message>
    <message>
        <source>First answer is right</source>
        <translation>Erste Antwort richtig</translation>
    </message>
    <message>
        <source>The most certain tag of a photo is one of its own (top-1)</source>
        <translation>Das sicherste Schlagwort eines Fotos ist eines seiner eigenen (Top-1)</translation>
    </message>
    <message>
        <source>Right among the first 5</source>
        <translation>Unter den ersten 5</translation>
    </message>
    <message>
        <source>One of its own tags is among the five most certain (top-5)</source>
        <translation>Eines der eigenen Schlagwörter ist unter den fünf sichersten (Top-5)</translation>
    </message>
    <message>
        <source>Right among the first 10</source>
        <translation>Unter den ersten 10</translation>
    </message>
    <message>
        <source>The same for ten (top-10)</source>
        <translation>Dasselbe für zehn (Top-10)</translation>
    </message>
    <message>
        <source>Given tags are right</source>
        <translation>Vergebene sind richtig</translation>
    </message>
    <message>
        <source>Precision of {sure}</source>
        <translation>Präzision (Precision) für {sure}</translation>
    </message>
    <message>
        <source>Tags are found</source>
        <translation>Schlagwörter gefunden</translation>
    </message>
    <message>
        <source>Recall of {sure}</source>
        <translation>Trefferquote (Recall) für {sure}</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>Schlagwort suchen</translation>
    </message>
    <message>
        <source>Figures by tag</source>
        <translation>Zahlen nach Schlagwort</translation>
    </message>
    <message>
        <source>Double-click a tag, or press Enter on it, to see the photos it was missed on.</source>
        <translation>Ein Doppelklick oder Enter auf einem Schlagwort zeigt die Fotos, auf denen es nicht erkannt wurde.</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos with the tag</source>
        <translation>Fotos mit dem Schlagwort</translation>
    </message>
    <message>
        <source>Right where given</source>
        <translation>Zu Recht vergeben</translation>
    </message>
    <message>
        <source>Precision: the share of the photos it was given to (at least {n} % certain) that have it</source>
        <translation>Präzision (Precision): Anteil der Fotos, die es haben, an denen, die es bekamen (mindestens {n}&#xa0;% sicher)</translation>
    </message>
    <message numerus="yes">
        <source>It was given to %n photo(s)</source>
        <translation>
            <numerusform>Es wurde %n Foto gegeben</numerusform>
            <numerusform>Es wurde %n Fotos gegeben</numerusform>
        </translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Recall: the share of the photos with the tag that it was given to</source>
        <translation>Trefferquote (Recall): Anteil der Fotos mit dem Schlagwort, die es bekamen</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangfolge</translation>
    </message>
    <message>
        <source>Average precision: how far the photos with the tag stand above all others when sorted by certainty</source>
        <translation>Mittlere Präzision (Average Precision): wie weit die Fotos mit dem Schlagwort über allen anderen stehen, wenn nach Sicherheit sortiert wird</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <extracomment>Sort, bool: another order, and whether the last comes first. Grouping int: the size of the cells in pixels.</extracomment>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>Ordner und Name</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>Aufnahmedatum</translation>
    </message>
    <message>
        <source>Surest suggestion first</source>
        <translation>Sicherster Vorschlag zuerst</translation>
    </message>
    <message>
        <source>Most doubtful first</source>
        <translation>Zweifelhaftestes zuerst</translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation>Umgekehrte Reihenfolge</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordnern</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tagen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Fewer than {number} photos: {names}. With more, it gets better.</source>
        <extracomment>More names than that are not read.</extracomment>
        <translation>Weniger als {number} Fotos: {names}. Mit mehr wird es besser.</translation>
    </message>
    <message>
        <source>{most} has {number} times as many photos as {least}. Rare classes count more in training, but more photos of them are better.</source>
        <translation>{most} hat {number}-mal so viele Fotos wie {least}. Seltene Klassen zählen im Training mehr, aber mehr Fotos davon sind besser.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet&#xa0;…</translation>
    </message>
    <message>
        <source>Reading the photos</source>
        <translation>Fotos werden gelesen</translation>
    </message>
    <message>
        <source>Looking at the photos</source>
        <translation>Fotos werden angesehen</translation>
    </message>
    <message>
        <source>Packing it for tagging</source>
        <translation>Wird zum Verschlagworten verpackt</translation>
    </message>
    <message>
        <source>Checking it</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Part 1 of 2: learning your classes</source>
        <translation>Teil 1 von 2: Klassen lernen</translation>
    </message>
    <message>
        <source>Part 2 of 2: refining how it sees</source>
        <translation>Teil 2 von 2: das Sehen verfeinern</translation>
    </message>
    <message>
        <source>Learning your classes</source>
        <translation>Klassen lernen</translation>
    </message>
    <message>
        <source>{part}, round {round} of at most {rounds}</source>
        <translation>{part}, Runde {round} von höchstens {rounds}</translation>
    </message>
    <message>
        <source>Packed into {size} MB. It gives the same first answer as the network that was trained for {agreement} of the validation photos; no certainty differs by more than {difference}.</source>
        <translation>Auf {size} MB verpackt. Bei {agreement} der Validierungsfotos gibt es dieselbe erste Antwort wie das trainierte Modell; keine Sicherheit weicht um mehr als {difference} ab.</translation>
    </message>
    <message>
        <source>Packed without making it smaller ({size} MB), as the small form was less often right. It gives the same first answer as the network that was trained for {agreement} of the validation photos; no certainty differs by more than {difference}.</source>
        <translation>Ohne Verkleinerung verpackt ({size} MB), da die kleine Form seltener richtig lag. Bei {agreement} der Validierungsfotos gibt es dieselbe erste Antwort wie das trainierte Modell; keine Sicherheit weicht um mehr als {difference} ab.</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Train your own network</source>
        <extracomment>str: id of a network that photos are to be tagged with from now on. str: id of a network that is in the catalogue now.</extracomment>
        <translation>Eigenes Modell trainieren</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End the training and keep nothing</source>
        <translation>Das Training beenden und nichts behalten</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>Beenden und behalten</translation>
    </message>
    <message>
        <source>End the training and keep the best network so far</source>
        <translation>Das Training beenden und das bisher beste Modell behalten</translation>
    </message>
    <message>
        <source>Use this network now</source>
        <translation>Dieses Modell jetzt verwenden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>You can go on working in the main window meanwhile.</source>
        <translation>Im Hauptfenster lässt sich währenddessen weiterarbeiten.</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>Training abbrechen?</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>Nichts davon bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Counting the photos…</source>
        <extracomment>Something was chosen, or the photos were counted.</extracomment>
        <translation>Fotos werden gezählt&#xa0;…</translation>
    </message>
    <message>
        <source>Choose another folder, or change this one.</source>
        <translation>Bitte einen anderen Ordner wählen oder diesen ändern.</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Bitte zuerst einen Ordner wählen.</translation>
    </message>
    <message>
        <source>Put the photos of each class into a folder of its own, such as “Rex” and “Bella”, and choose the folder that they are in. Or drop it here.</source>
        <translation>Die Fotos jeder Klasse gehören in einen eigenen Ordner, etwa „Rex“ und „Bella“. Hier den Ordner wählen, in dem diese liegen, oder ihn hierher ziehen.</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen&#xa0;…</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Classes and how many photos each has</source>
        <translation>Klassen und wie viele Fotos jede hat</translation>
    </message>
    <message>
        <source>Your photos</source>
        <translation>Die Fotos</translation>
    </message>
    <message>
        <source>A folder with a folder of photos for each class</source>
        <translation>Ein Ordner mit einem Ordner von Fotos für jede Klasse</translation>
    </message>
    <message>
        <source>{classes}, {photos}</source>
        <translation>{classes}, {photos}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln Klasse</numerusform>
            <numerusform>%Ln Klassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Refine the built-in network (recommended)</source>
        <translation>Mitgeliefertes Modell verfeinern (empfohlen)</translation>
    </message>
    <message>
        <source>Small network from scratch</source>
        <translation>Kleines Modell von Grund auf</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>It has seen a million photos already, and learns to tell your classes apart. Right more often, and enough with 20 photos of each.</source>
        <translation>Es hat schon eine Million Fotos gesehen und lernt, diese Klassen zu unterscheiden. Es liegt öfter richtig, und 20 Fotos je Klasse genügen.</translation>
    </message>
    <message>
        <source>It knows nothing but your photos. To see how learning works; it wants hundreds of photos of each class.</source>
        <translation>Es kennt nur diese Fotos. Gut, um zu sehen, wie Lernen geht; es braucht Hunderte Fotos je Klasse.</translation>
    </message>
    <message>
        <source>Name of the network</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>As the folder is called</source>
        <translation>Wie der Ordner heißt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> Pixel</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Ausgehen von</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>Größe der Fotos</translation>
    </message>
    <message>
        <source>At most so many rounds</source>
        <translation>Höchstens so viele Runden</translation>
    </message>
    <message>
        <source>Photos at a time</source>
        <translation>Fotos auf einmal</translation>
    </message>
    <message>
        <source>Number for chance</source>
        <translation>Zahl für den Zufall</translation>
    </message>
    <message>
        <source>With the same number, the same photos are held back for judging.</source>
        <translation>Mit derselben Zahl werden dieselben Fotos zum Beurteilen zurückgehalten.</translation>
    </message>
    <message>
        <source>Mirror photos by chance</source>
        <translation>Fotos zufällig spiegeln</translation>
    </message>
    <message>
        <source>Turn them a little</source>
        <translation>Ein wenig drehen</translation>
    </message>
    <message>
        <source>Make them a little larger or smaller</source>
        <translation>Ein wenig vergrößern oder verkleinern</translation>
    </message>
    <message>
        <source>Leave parts of the network out by chance</source>
        <translation>Teile des Modells zufällig weglassen</translation>
    </message>
    <message>
        <source>Chance keeps the network from learning photos by heart.</source>
        <translation>Der Zufall verhindert, dass das Modell Fotos auswendig lernt.</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>Learned from %n example(s)</source>
        <translation>
            <numerusform>Aus %n Beispiel gelernt</numerusform>
            <numerusform>Aus %n Beispielen gelernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of 5 stars</source>
        <translation>
            <numerusform>%n von 5 Sternen</numerusform>
            <numerusform>%n von 5 Sternen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being looked at</source>
        <translation>
            <numerusform>%n in Arbeit</numerusform>
            <numerusform>%n in Arbeit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to review</source>
        <translation>
            <numerusform>%n zu prüfen</numerusform>
            <numerusform>%n zu prüfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tagged</source>
        <translation>
            <numerusform>%n verschlagwortet</numerusform>
            <numerusform>%n verschlagwortet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without tags</source>
        <translation>
            <numerusform>%n ohne Schlagwörter</numerusform>
            <numerusform>%n ohne Schlagwörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns the training photos by heart: validation has not improved for %n round(s) while training has. The best round is kept; more photos of each class would help.</source>
        <translation>
            <numerusform>Es lernt die Trainingsfotos auswendig: Die Validierung ist seit %n Runde nicht besser geworden, das Training schon. Die beste Runde bleibt erhalten; mehr Fotos jeder Klasse würden helfen.</numerusform>
            <numerusform>Es lernt die Trainingsfotos auswendig: Die Validierung ist seit %n Runden nicht besser geworden, das Training schon. Die beste Runde bleibt erhalten; mehr Fotos jeder Klasse würden helfen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation has not improved for %n round(s), so this part has ended. What was best is kept.</source>
        <translation>
            <numerusform>Die Validierung ist seit %n Runde nicht besser geworden, daher ist dieser Teil beendet. Das Beste bleibt erhalten.</numerusform>
            <numerusform>Die Validierung ist seit %n Runden nicht besser geworden, daher ist dieser Teil beendet. Das Beste bleibt erhalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are in no class, and are left out.</source>
        <translation>
            <numerusform>%n Foto ist in keiner Klasse und bleibt außen vor.</numerusform>
            <numerusform>%n Fotos sind in keiner Klasse und bleiben außen vor.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n Klasse</numerusform>
            <numerusform>%n Klassen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Delegate</name>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
    <message>
        <source>also “{name}”</source>
        <translation>auch „{name}“</translation>
    </message>
</context>
<context>
    <name>_DropArea</name>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>Einen Ordner mit Fotos hierher ziehen</translation>
    </message>
</context>
<context>
    <name>_Message</name>
    <message>
        <source>Mistake in the search</source>
        <extracomment>QueryError: its nearest word is meant.</extracomment>
        <translation>Fehler in der Suche</translation>
    </message>
</context>
<context>
    <name>_Question</name>
    <message numerus="yes">
        <source>%n photo(s) have not been changed yet.</source>
        <extracomment>Fewer photos than this are written before anybody has read the question.</extracomment>
        <translation>
            <numerusform>%n Foto ist noch nicht geändert.</numerusform>
            <numerusform>%n Fotos sind noch nicht geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>If you close now, they are changed at the next start. It remains one step: undoing it takes back all of it.</source>
        <translation>Beim Schließen werden sie erst nach dem nächsten Start geändert. Es bleibt ein einziger Schritt: Rückgängig machen nimmt alles davon zurück.</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>Jetzt schließen</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>Offen lassen</translation>
    </message>
</context>
<context>
    <name>_Sentences</name>
    <message>
        <source>No photo has it.</source>
        <translation>Kein Foto hat es.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have one of them or one below.</source>
        <translation>
            <numerusform>%n Foto hat eines davon oder eines darunter.</numerusform>
            <numerusform>%n Fotos haben eines davon oder eines darunter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have this tag or one below it.</source>
        <translation>
            <numerusform>%n Foto hat dieses Schlagwort oder eines darunter.</numerusform>
            <numerusform>%n Fotos haben dieses Schlagwort oder eines darunter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>%n Schlagwort darunter geht mit.</numerusform>
            <numerusform>%n Schlagwörter darunter gehen mit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n Datei wird geschrieben.</numerusform>
            <numerusform>%n Dateien werden geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were only suggested and count as confirmed then.</source>
        <translation>
            <numerusform>%n davon war nur vorgeschlagen und gilt dann als bestätigt.</numerusform>
            <numerusform>%n davon waren nur vorgeschlagen und gelten dann als bestätigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) get the new name.</source>
        <translation>
            <numerusform>%n Vorschlag bekommt den neuen Namen.</numerusform>
            <numerusform>%n Vorschläge bekommen den neuen Namen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>also called {name}</source>
        <translation>auch {name} genannt</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
</TS>
