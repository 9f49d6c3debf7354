<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_GB">
<context>
    <name>AccuracyPage</name>
    <message numerus="yes">
        <source>%n photo(s) with confirmed tags: too few to measure.</source>
        <translation>
            <numerusform>%n photo with confirmed tags: too few to measure.</numerusform>
            <numerusform>%n photos with confirmed tags: too few to measure.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) with tags that you have confirmed, each judged as if its own tags were not known.</source>
        <translation>
            <numerusform>Measured on %n photo with tags that you have confirmed, judged as if its own tags were not known.</numerusform>
            <numerusform>Measured on %n photos with tags that you have confirmed, each judged as if its own tags were not known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) with too few photos are left out.</source>
        <translation>
            <numerusform>%n tag with too few photos is left out.</numerusform>
            <numerusform>%n tags with too few photos are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{title}: the first answer is right for {share} of %n photo(s)</source>
        <translation>
            <numerusform>{title}: the first answer is right for {share} of %n photo</numerusform>
            <numerusform>{title}: the first answer is right for {share} of %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message numerus="yes">
        <source>It does not say what its %n class(es) are called. Choose the file with their names, one a line.</source>
        <translation>
            <numerusform>It does not say what its %n class is called. Choose the file with its name.</numerusform>
            <numerusform>It does not say what its %n classes are called. Choose the file with their names, one a line.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added: it knows %n class(es).</source>
        <translation>
            <numerusform>Added: it knows %n class.</numerusform>
            <numerusform>Added: it knows %n classes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswersPane</name>
    <message numerus="yes">
        <source>%n suggestion(s) wait for an answer</source>
        <translation>
            <numerusform>%n suggestion waits for an answer</numerusform>
            <numerusform>%n suggestions wait for an answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkAcceptDialog</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CertaintyPane</name>
    <message numerus="yes">
        <source>{certainty} certain on average: {right} right, of %n suggestion(s)</source>
        <translation>
            <numerusform>{certainty} certain on average: {right} right, of %n suggestion</numerusform>
            <numerusform>{certainty} certain on average: {right} right, of %n suggestions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message numerus="yes">
        <source>Put on all %n photo(s)</source>
        <translation>
            <numerusform>Put on the photo</numerusform>
            <numerusform>Put on all %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message numerus="yes">
        <source>Stopped; %n photo(s) changed</source>
        <translation>
            <numerusform>Stopped; %n photo changed</numerusform>
            <numerusform>Stopped; %n photos changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be changed</source>
        <translation>
            <numerusform>%n photo could not be changed</numerusform>
            <numerusform>%n photos could not be changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message numerus="yes">
        <source>Measured on %n photo(s) whose tags you have confirmed, each by what was learned from the others. 19 times of 20 the truth is within ±.</source>
        <translation>
            <numerusform>Measured on %n photo whose tags you have confirmed, by what was learned from the others. 19 times of 20 the truth is within ±.</numerusform>
            <numerusform>Measured on %n photos whose tags you have confirmed, each by what was learned from the others. 19 times of 20 the truth is within ±.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message numerus="yes">
        <source>Measured on %n photo(s) that you have answered, each by what was learned from the others. ± is how much it differs from one fifth of them to another.</source>
        <translation>
            <numerusform>Measured on %n photo that you have answered, by what was learned from the others. ± is how much it differs from one fifth of them to another.</numerusform>
            <numerusform>Measured on %n photos that you have answered, each by what was learned from the others. ± is how much it differs from one fifth of them to another.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message numerus="yes">
        <source>&amp;Reject %n open suggestion(s) too</source>
        <translation>
            <numerusform>&amp;Reject the open suggestion too</numerusform>
            <numerusform>&amp;Reject the %n open suggestions too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose them.</source>
        <translation>
            <numerusform>%n photo will lose them.</numerusform>
            <numerusform>%n photos will lose them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose it.</source>
        <translation>
            <numerusform>%n photo will lose it.</numerusform>
            <numerusform>%n photos will lose it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>%n tag below goes along.</numerusform>
            <numerusform>%n tags below go along.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n file will be written.</numerusform>
            <numerusform>%n files will be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It can be undone, but %n synonym(s) will be lost.</source>
        <translation>
            <numerusform>It can be undone, but %n synonym will be lost.</numerusform>
            <numerusform>It can be undone, but %n synonyms will be lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The tags of %n more photo(s) are not read yet.</source>
        <translation>
            <numerusform>The tags of %n more photo are not read yet.</numerusform>
            <numerusform>The tags of %n more photos are not read yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>The key of each entry, and the states of its photos; none for all photos.</extracomment>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Export %Ln photo(s)</source>
        <translation>
            <numerusform>Export %Ln photo</numerusform>
            <numerusform>Export %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message numerus="yes">
        <source>The %Ln selected photo(s)</source>
        <extracomment>Something was changed, so that the examples are others. The folder was changed.</extracomment>
        <translation>
            <numerusform>The selected photo</numerusform>
            <numerusform>The %Ln selected photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln photo(s) shown</source>
        <translation>
            <numerusform>The photo shown</numerusform>
            <numerusform>The %Ln photos shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photo(s) in the library</source>
        <translation>
            <numerusform>The only photo in the library</numerusform>
            <numerusform>All %Ln photos in the library</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message numerus="yes">
        <source>Something went wrong with %n photo(s)</source>
        <translation>
            <numerusform>Something went wrong with %n photo</numerusform>
            <numerusform>Something went wrong with %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FormsDialog</name>
    <message numerus="yes">
        <source>On %n of your photos, one at a time, on this computer&apos;s processor.</source>
        <translation>
            <numerusform>On %n of your photos, on this computer&apos;s processor.</numerusform>
            <numerusform>On %n of your photos, one at a time, on this computer&apos;s processor.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message numerus="yes">
        <source>Accept {tag} for %n photo(s)</source>
        <translation>
            <numerusform>Accept {tag} for %n photo</numerusform>
            <numerusform>Accept {tag} for %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n suggestion(s)</source>
        <translation>
            <numerusform>Accept %n suggestion</numerusform>
            <numerusform>Accept %n suggestions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject {tag} for %n photo(s)</source>
        <translation>
            <numerusform>Reject {tag} for %n photo</numerusform>
            <numerusform>Reject {tag} for %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n suggestion(s)</source>
        <translation>
            <numerusform>Reject %n suggestion</numerusform>
            <numerusform>Reject %n suggestions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove {tag} from %n photo(s)</source>
        <translation>
            <numerusform>Remove {tag} from %n photo</numerusform>
            <numerusform>Remove {tag} from %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add {tag} to %n photo(s)</source>
        <translation>
            <numerusform>Add {tag} to %n photo</numerusform>
            <numerusform>Add {tag} to %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n tag(s)</source>
        <translation>
            <numerusform>Add %n tag</numerusform>
            <numerusform>Add %n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Put {tag} on all %n photo(s)</source>
        <translation>
            <numerusform>Put {tag} on the photo</numerusform>
            <numerusform>Put {tag} on all %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearningPane</name>
    <message numerus="yes">
        <source>With %n example(s) of each tag: {right} right (from {low} to {high})</source>
        <translation>
            <numerusform>With %n example of each tag: {right} right (from {low} to {high})</numerusform>
            <numerusform>With %n examples of each tag: {right} right (from {low} to {high})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message numerus="yes">
        <source>%n photo(s) with {tag}, found as such</source>
        <translation>
            <numerusform>%n photo with {tag}, found as such</numerusform>
            <numerusform>%n photos with {tag}, found as such</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with {tag} were taken for {other}</source>
        <translation>
            <numerusform>%n photo with {tag} was taken for {other}</numerusform>
            <numerusform>%n photos with {tag} were taken for {other}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message numerus="yes">
        <source>This changes %n photo(s).</source>
        <translation>
            <numerusform>This changes %n photo.</numerusform>
            <numerusform>This changes %n photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of photos that are nearly the same</source>
        <translation>
            <numerusform>%n group of photos that are nearly the same</numerusform>
            <numerusform>%n groups of photos that are nearly the same</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message numerus="yes">
        <source>%n photo(s) of {all} would get other suggestions.</source>
        <translation>
            <numerusform>%n photo of {all} would get other suggestions.</numerusform>
            <numerusform>%n photos of {all} would get other suggestions.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message numerus="yes">
        <source>%n file(s) could not be handled</source>
        <translation>
            <numerusform>%n file could not be handled</numerusform>
            <numerusform>%n files could not be handled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be exported:</source>
        <translation>
            <numerusform>%Ln photo could not be exported:</numerusform>
            <numerusform>%Ln photos could not be exported:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancelled after %Ln photo(s)</source>
        <translation>
            <numerusform>Cancelled after %Ln photo</numerusform>
            <numerusform>Cancelled after %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported</source>
        <translation>
            <numerusform>%Ln photo exported</numerusform>
            <numerusform>%Ln photos exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with tags in the photo</source>
        <translation>
            <numerusform>%Ln with tags in the photo</numerusform>
            <numerusform>%Ln with tags in the photo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with a sidecar</source>
        <translation>
            <numerusform>%Ln with a sidecar</numerusform>
            <numerusform>%Ln with a sidecar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without tags</source>
        <translation>
            <numerusform>%Ln without tags</numerusform>
            <numerusform>%Ln without tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had been there already</source>
        <translation>
            <numerusform>%Ln had been there already</numerusform>
            <numerusform>%Ln had been there already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message numerus="yes">
        <source>Judged by %Ln validation photo(s), which it did not learn but which chose the best round.</source>
        <translation>
            <numerusform>Judged by %Ln validation photo, which it did not learn but which chose the best round.</numerusform>
            <numerusform>Judged by %Ln validation photos, which it did not learn but which chose the best round.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message numerus="yes">
        <source>All done: %n photo(s) reviewed</source>
        <translation>
            <numerusform>All done: %n photo reviewed</numerusform>
            <numerusform>All done: %n photos reviewed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RulesModel</name>
    <message numerus="yes">
        <source>{word} and %n more</source>
        <translation>
            <numerusform>{word} and %n more</numerusform>
            <numerusform>{word} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message numerus="yes">
        <source>%Ln photo(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%Ln photo cannot be read and is left out.</numerusform>
            <numerusform>%Ln photos cannot be read and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n photo(s)</source>
        <translation>
            <numerusform>{shown} of %n photo</numerusform>
            <numerusform>{shown} of %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) still to be changed</source>
        <translation>
            <numerusform>%n photo still to be changed</numerusform>
            <numerusform>%n photos still to be changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) done</source>
        <translation>
            <numerusform>%n photo done</numerusform>
            <numerusform>%n photos done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionRow</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>There are keys for as many suggestions.</extracomment>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message numerus="yes">
        <source>%n tag(s) imported.</source>
        <translation>
            <numerusform>%n tag imported.</numerusform>
            <numerusform>%n tags imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) could not be taken over.</source>
        <translation>
            <numerusform>%n line could not be taken over.</numerusform>
            <numerusform>%n lines could not be taken over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) exported.</source>
        <translation>
            <numerusform>%n tag exported.</numerusform>
            <numerusform>%n tags exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagTreeModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>core.tag.Tag photos that have it or one below it photos for which one of them is suggested the name and the synonyms list[PhotoId], Tag: photos were dropped onto a tag. list[Tag], Tag or None: tags were dropped onto another one, or beside all of them.</extracomment>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>suggested for %n photo(s)</source>
        <translation>
            <numerusform>suggested for %n photo</numerusform>
            <numerusform>suggested for %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag or one below it</source>
        <translation>
            <numerusform>%n photo with this tag or one below it</numerusform>
            <numerusform>%n photos with this tag or one below it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with this very tag</source>
        <translation>
            <numerusform>%n of them with this very tag</numerusform>
            <numerusform>%n of them with this very tag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag</source>
        <translation>
            <numerusform>%n photo with this tag</numerusform>
            <numerusform>%n photos with this tag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suggested for %n photo(s)</source>
        <translation>
            <numerusform>Suggested for %n photo</numerusform>
            <numerusform>Suggested for %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsPane</name>
    <message numerus="yes">
        <source>It was given to %n photo(s)</source>
        <translation>
            <numerusform>It was given to %n photo</numerusform>
            <numerusform>It was given to %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln class</numerusform>
            <numerusform>%Ln classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>Learned from %n example(s)</source>
        <translation>
            <numerusform>Learned from %n example</numerusform>
            <numerusform>Learned from %n examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of 5 stars</source>
        <translation>
            <numerusform>%n of 5 stars</numerusform>
            <numerusform>%n of 5 stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being looked at</source>
        <translation>
            <numerusform>%n being looked at</numerusform>
            <numerusform>%n being looked at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to review</source>
        <translation>
            <numerusform>%n to review</numerusform>
            <numerusform>%n to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tagged</source>
        <translation>
            <numerusform>%n tagged</numerusform>
            <numerusform>%n tagged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without tags</source>
        <translation>
            <numerusform>%n without tags</numerusform>
            <numerusform>%n without tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns the training photos by heart: validation has not improved for %n round(s) while training has. The best round is kept; more photos of each class would help.</source>
        <translation>
            <numerusform>It learns the training photos by heart: validation has not improved for %n round while training has. The best round is kept; more photos of each class would help.</numerusform>
            <numerusform>It learns the training photos by heart: validation has not improved for %n rounds while training has. The best round is kept; more photos of each class would help.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation has not improved for %n round(s), so this part has ended. What was best is kept.</source>
        <translation>
            <numerusform>Validation has not improved for %n round, so this part has ended. What was best is kept.</numerusform>
            <numerusform>Validation has not improved for %n rounds, so this part has ended. What was best is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are in no class, and are left out.</source>
        <translation>
            <numerusform>%n photo is in no class, and is left out.</numerusform>
            <numerusform>%n photos are in no class, and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Question</name>
    <message numerus="yes">
        <source>%n photo(s) have not been changed yet.</source>
        <extracomment>Fewer photos than this are written before anybody has read the question.</extracomment>
        <translation>
            <numerusform>%n photo has not been changed yet.</numerusform>
            <numerusform>%n photos have not been changed yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Sentences</name>
    <message numerus="yes">
        <source>%n photo(s) have one of them or one below.</source>
        <translation>
            <numerusform>%n photo has one of them or one below.</numerusform>
            <numerusform>%n photos have one of them or one below.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have this tag or one below it.</source>
        <translation>
            <numerusform>%n photo has this tag or one below it.</numerusform>
            <numerusform>%n photos have this tag or one below it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>%n tag below goes along.</numerusform>
            <numerusform>%n tags below go along.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n file will be written.</numerusform>
            <numerusform>%n files will be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were only suggested and count as confirmed then.</source>
        <translation>
            <numerusform>%n of them was only suggested and counts as confirmed then.</numerusform>
            <numerusform>%n of them were only suggested and count as confirmed then.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) get the new name.</source>
        <translation>
            <numerusform>%n suggestion gets the new name.</numerusform>
            <numerusform>%n suggestions get the new name.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
</TS>
