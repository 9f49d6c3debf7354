<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_GB">
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
</TS>
