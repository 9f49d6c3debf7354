<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>Suggestions</source>
        <extracomment>`system` goes with the desktop. How an option is shown: a switch, a number, a share of one as per cent, a choice from a list, or a choice among the networks, which only the caller knows. The context of all texts here, for `QCoreApplication.translate`. Values of `write` with which anything is written at all. The sections in their order: key, title, icon.</extracomment>
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
        <translation>Netz</translation>
    </message>
    <message>
        <source>What looks at your photos. A larger one is right more often and takes longer.</source>
        <translation>Es sieht die Fotos an. Ein größeres liegt öfter richtig und braucht länger.</translation>
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
        <source>Tags are kept</source>
        <translation>Wo die Tags stehen</translation>
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
        <translation>Tags, die sicher genug sind, und angenommene</translation>
    </message>
    <message>
        <source>Only the tags you accept</source>
        <translation>Nur angenommene Tags</translation>
    </message>
    <message>
        <source>Certain enough from</source>
        <translation>Sicher genug ab</translation>
    </message>
    <message>
        <source>At a higher value fewer tags are written by themselves, and fewer of them are wrong.</source>
        <translation>Bei einem höheren Wert werden weniger Tags von selbst geschrieben, und weniger davon sind falsch.</translation>
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
        <translation>Braucht das Programm ExifTool. Ohne es stehen die Tags neben dem Foto.</translation>
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
        <translation>PhotoPrism zeigt die Tags als Betreff des Fotos und jedes Wort als Stichwort. Begleitdateien liest es ab den Versionen von 2026.</translation>
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
    <name>ExampleRow</name>
    <message>
        <source>no tags</source>
        <extracomment>Rows, and among how many photos they are chosen.</extracomment>
        <translation>keine Tags</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>There are no photos to export.</source>
        <translation>Es gibt keine Fotos zu exportieren.</translation>
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
        <translation>Kopien der Fotos mit den Tags darin</translation>
    </message>
    <message>
        <source>Sidecars only: a small file with the tags for each photo</source>
        <translation>Nur Begleitdateien: zu jedem Foto eine kleine Datei mit den Tags</translation>
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
        <translation>Tags</translation>
    </message>
    <message>
        <source>Only the tags you have accepted</source>
        <translation>Nur angenommene Tags</translation>
    </message>
    <message>
        <source>Suggestions as well, if they are at least so certain:</source>
        <translation>Auch Vorschläge, wenn sie mindestens so sicher sind:</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
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
    <name>ProgressPage</name>
    <message>
        <source>Progress of the export</source>
        <extracomment>More than that nobody reads, and the window would stop while they are laid out.</extracomment>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total} photos</source>
        <translation>Export: {done} von {total} Fotos</translation>
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
            <numerusform>%Ln mit Tags im Foto</numerusform>
            <numerusform>%Ln mit Tags im Foto</numerusform>
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
            <numerusform>%Ln ohne Tags</numerusform>
            <numerusform>%Ln ohne Tags</numerusform>
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
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <extracomment>A number counts as meant when it has not changed for so long, in milliseconds. Preferences: the user has changed something.</extracomment>
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
        <translation> %</translation>
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
        <translation>Tagwright schlägt zu jedem Foto Tags vor und behält sie für sich: Die Fotos bleiben, wie sie sind. Auf Wunsch werden &lt;a href=&quot;writing&quot;&gt;Tags in die Fotos geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo, and writes tags into small files beside the photos, which stay as they are; everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write into the photos&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Tags vor und schreibt Tags in kleine Dateien neben den Fotos. Die Fotos bleiben, wie sie sind, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;in die Fotos geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. What you accept is written into the photos, where other programs find it; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write what it is sure of by itself&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Tags vor. Angenommene Tags werden in die Fotos geschrieben, wo andere Programme sie finden; sonst ändert sich nichts an ihnen, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;Sicheres von selbst geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. Those it is sure of are written into the photos, where other programs find them; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write only what you accept&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwright schlägt zu jedem Foto Tags vor. Sichere Tags werden in die Fotos geschrieben, wo andere Programme sie finden; sonst ändert sich nichts an ihnen, und alles lässt sich rückgängig machen. Auf Wunsch wird &lt;a href=&quot;writing&quot;&gt;nur Angenommenes geschrieben&lt;/a&gt;. Die Fotos verlassen diesen Computer nie.</translation>
    </message>
</context>
<context>
    <name>_DropArea</name>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>Einen Ordner mit Fotos hierher ziehen</translation>
    </message>
</context>
</TS>
