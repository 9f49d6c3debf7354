<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>Suggestions</source>
        <extracomment>`system` goes with the desktop. How an option is shown: a switch, a number, a share of one as per cent, a choice from a list, or a choice among the networks, which only the caller knows. The context of all texts here, for `QCoreApplication.translate`. Values of `write` with which anything is written at all. The sections in their order: key, title, icon.</extracomment>
        <translation>候補</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>書き込み</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>認識モデル</translation>
    </message>
    <message>
        <source>What looks at your photos. A larger one is right more often and takes longer.</source>
        <translation>写真を調べるモデルです。大きいモデルほど正確ですが、時間がかかります。</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>調べる範囲</translation>
    </message>
    <message>
        <source>The ends tell more about wide photos, and take about twice as long.</source>
        <translation>横長の写真では両端も調べるとより詳しく分かりますが、約2倍の時間がかかります。</translation>
    </message>
    <message>
        <source>At the middle and both ends</source>
        <translation>中央と両端</translation>
    </message>
    <message>
        <source>Only at the middle</source>
        <translation>中央のみ</translation>
    </message>
    <message>
        <source>How many suggestions</source>
        <translation>候補の数</translation>
    </message>
    <message>
        <source>What is unlikely can be left out, or be offered all the same for you to decide.</source>
        <translation>可能性の低いものを省くか、判断できるように表示するかを選べます。</translation>
    </message>
    <message>
        <source>The likely ones</source>
        <translation>可能性の高いもの</translation>
    </message>
    <message>
        <source>All that could be meant</source>
        <translation>考えられるものすべて</translation>
    </message>
    <message>
        <source>Tags are kept</source>
        <translation>タグの保存先</translation>
    </message>
    <message>
        <source>Other photo managers find them in the photo itself. Some also read a sidecar, a small file with the same name beside the photo.</source>
        <translation>写真の中にあるタグは、ほかの写真管理ソフトでも読み込めます。写真と同じ名前の小さなファイル（サイドカー）を読み込むソフトもあります。</translation>
    </message>
    <message>
        <source>In the photo; beside it where that is not safe</source>
        <translation>写真の中（安全でない場合は写真の隣）</translation>
    </message>
    <message>
        <source>Always beside the photo, which is never changed</source>
        <translation>常に写真の隣（写真は変更しません）</translation>
    </message>
    <message>
        <source>Only in Tagwright</source>
        <translation>Tagwrightの中のみ</translation>
    </message>
    <message>
        <source>Into your photos go</source>
        <translation>写真に書き込むタグ</translation>
    </message>
    <message>
        <source>Whatever is written can be undone, also later.</source>
        <translation>書き込んだ内容は、後からでも元に戻せます。</translation>
    </message>
    <message>
        <source>Tags that are certain enough, and those you accept</source>
        <translation>確度が十分なタグと、承認したタグ</translation>
    </message>
    <message>
        <source>Only the tags you accept</source>
        <translation>承認したタグのみ</translation>
    </message>
    <message>
        <source>Certain enough from</source>
        <translation>十分とみなす確度</translation>
    </message>
    <message>
        <source>At a higher value fewer tags are written by themselves, and fewer of them are wrong.</source>
        <translation>値を高くすると、自動で書き込まれるタグが減り、誤りも減ります。</translation>
    </message>
    <message>
        <source>Keywords for older Windows programs</source>
        <translation>古いWindowsソフト用のキーワード</translation>
    </message>
    <message>
        <source>Written beside the usual ones.</source>
        <translation>通常のキーワードに加えて書き込みます。</translation>
    </message>
    <message>
        <source>Name new sidecars as Adobe programs do</source>
        <translation>新しいサイドカーにAdobe式の名前を付ける</translation>
    </message>
    <message>
        <source>“photo.xmp” for Lightroom, instead of “photo.jpg.xmp”.</source>
        <translation>「photo.jpg.xmp」ではなく、Lightroom用に「photo.xmp」とします。</translation>
    </message>
    <message>
        <source>Write into HEIC, AVIF and JPEG XL photos</source>
        <translation>HEIC、AVIF、JPEG XLの写真に書き込む</translation>
    </message>
    <message>
        <source>Needs the program ExifTool. Without it, their tags are kept beside them.</source>
        <translation>ExifToolが必要です。ない場合、タグは写真の隣に保存されます。</translation>
    </message>
    <message>
        <source>Watch my folders</source>
        <translation>フォルダーを監視する</translation>
    </message>
    <message>
        <source>New and changed photos in them are looked at while the window is open.</source>
        <translation>ウィンドウを開いている間、フォルダー内の新しい写真や変更された写真を調べます。</translation>
    </message>
    <message>
        <source>Space for small pictures</source>
        <translation>サムネイル用の容量</translation>
    </message>
    <message>
        <source>What the grid shows is kept on the disk, so that it is there at once the next time.</source>
        <translation>次回すぐに表示できるように、サムネイルをディスクに保存します。</translation>
    </message>
    <message>
        <source>{} MB</source>
        <translation>{} MB</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Takes effect when Tagwright is started the next time.</source>
        <translation>次回Tagwrightを起動したときに反映されます。</translation>
    </message>
    <message>
        <source>Ask before changing many photos</source>
        <translation>多くの写真を変更する前に確認する</translation>
    </message>
    <message>
        <source>Changes to fewer photos are made at once. Either can be undone.</source>
        <translation>これより少ない場合はすぐに変更します。どちらも元に戻せます。</translation>
    </message>
    <message>
        <source>from {} photos on</source>
        <translation>{} 枚以上</translation>
    </message>
    <message>
        <source>never</source>
        <translation>確認しない</translation>
    </message>
    <message>
        <source>To read sidecars, digiKam must be told so: Settings, Metadata, Sidecars, “Read from sidecar files”.</source>
        <translation>digiKamでサイドカーを読み込むには、設定のメタデータ、サイドカーで「Read from sidecar files」を有効にしてください。</translation>
    </message>
    <message>
        <source>Lightroom reads sidecars of camera raw files only.</source>
        <translation>Lightroomは、RAWファイルのサイドカーのみ読み込みます。</translation>
    </message>
    <message>
        <source>darktable cuts names at a comma.</source>
        <translation>darktableでは、名前がコンマで切られます。</translation>
    </message>
    <message>
        <source>Shotwell reads no sidecars.</source>
        <translation>Shotwellはサイドカーを読み込みません。</translation>
    </message>
    <message>
        <source>Windows shows keywords without their hierarchy, and only those in JPEG and TIFF files.</source>
        <translation>Windowsではキーワードが階層なしで表示されます。対象はJPEGとTIFFのみです。</translation>
    </message>
    <message>
        <source>Apple Photos shows keywords without their hierarchy.</source>
        <translation>Appleの「写真」ではキーワードが階層なしで表示されます。</translation>
    </message>
    <message>
        <source>PhotoPrism shows the tags as the photo&apos;s subject, and every word as a keyword. It reads sidecars from the versions of 2026 on.</source>
        <translation>PhotoPrismではタグが写真の「Subject」に、各単語がキーワードに表示されます。サイドカーは2026年以降のバージョンで読み込まれます。</translation>
    </message>
</context>
<context>
    <name>BoxField</name>
    <message>
        <source>{} (not there)</source>
        <extracomment>Up to so many choices are all shown at once. Between the frame of a number and its digits; a style sheet cannot say so. The user has changed the value.</extracomment>
        <translation>{}（見つかりません）</translation>
    </message>
</context>
<context>
    <name>ExampleRow</name>
    <message>
        <source>no tags</source>
        <extracomment>Rows, and among how many photos they are chosen.</extracomment>
        <translation>タグなし</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>There are no photos to export.</source>
        <translation>書き出す写真がありません。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <extracomment>Milliseconds without a change until examples are looked up. ExportReport: an export has ended; the dialog shows the same.</extracomment>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Looking at some of the photos…</source>
        <translation>写真をいくつか確認しています…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 枚の写真を書き出す</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Your originals stay as they are.</source>
        <translation>元の写真は変更されません。</translation>
    </message>
    <message>
        <source>Say which folder to export into.</source>
        <translation>書き出し先のフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>What the table will say</source>
        <translation>表に入る内容</translation>
    </message>
    <message>
        <source>What {} will show</source>
        <translation>{}での表示</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message numerus="yes">
        <source>The %Ln selected photo(s)</source>
        <extracomment>Something was changed, so that the examples are others. The folder was changed.</extracomment>
        <translation>
            <numerusform>選択した %Ln 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln photo(s) shown</source>
        <translation>
            <numerusform>表示中の %Ln 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photo(s) in the library</source>
        <translation>
            <numerusform>ライブラリのすべての写真（%Ln 枚）</numerusform>
        </translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>As</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Copies of the photos, with the tags in them</source>
        <translation>タグを書き込んだ写真のコピー</translation>
    </message>
    <message>
        <source>Sidecars only: a small file with the tags for each photo</source>
        <translation>サイドカーのみ（写真ごとにタグの小さなファイルを作成）</translation>
    </message>
    <message>
        <source>A table for spreadsheets (CSV)</source>
        <translation>表計算ソフト用の表（CSV）</translation>
    </message>
    <message>
        <source>A table for programs (JSON)</source>
        <translation>プログラム用の表（JSON）</translation>
    </message>
    <message>
        <source>For</source>
        <translation>対象のソフト</translation>
    </message>
    <message>
        <source>Program that the photos are for</source>
        <translation>写真を使うソフト</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Only the tags you have accepted</source>
        <translation>承認したタグのみ</translation>
    </message>
    <message>
        <source>Suggestions as well, if they are at least so certain:</source>
        <translation>次の確度以上の候補も含める：</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Least certainty of suggestions</source>
        <translation>候補の最低確度</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>書き出し先のフォルダー</translation>
    </message>
    <message>
        <source>A folder that holds none of these photos</source>
        <translation>これらの写真が入っていないフォルダー</translation>
    </message>
    <message>
        <source>Folder to export into</source>
        <translation>書き出し先のフォルダー</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose the folder to export into</source>
        <translation>書き出し先のフォルダーを選択</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress of the export</source>
        <extracomment>More than that nobody reads, and the window would stop while they are laid out.</extracomment>
        <translation>書き出しの進み具合</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total} photos</source>
        <translation>書き出し中：{done} / {total} 枚</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>What went wrong, or elsewhere</source>
        <translation>失敗したもの、異なる結果になったもの</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>ほか %Ln 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be exported:</source>
        <translation>
            <numerusform>%Ln 枚の写真を書き出せませんでした：</numerusform>
        </translation>
    </message>
    <message>
        <source>Notes:</source>
        <translation>補足：</translation>
    </message>
    <message>
        <source>The export has stopped</source>
        <translation>書き出しが中断しました</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled after %Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 枚でキャンセルしました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported</source>
        <translation>
            <numerusform>%Ln 枚の写真を書き出しました</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder: {}</source>
        <translation>フォルダー：{}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln with tags in the photo</source>
        <translation>
            <numerusform>写真にタグあり：%Ln 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with a sidecar</source>
        <translation>
            <numerusform>サイドカーあり：%Ln 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without tags</source>
        <translation>
            <numerusform>タグなし：%Ln 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had been there already</source>
        <translation>
            <numerusform>すでに存在：%Ln 枚</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <extracomment>A number counts as meant when it has not changed for so long, in milliseconds. Preferences: the user has changed something.</extracomment>
        <translation>設定</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Back to defaults</source>
        <translation>既定値に戻す</translation>
    </message>
    <message>
        <source>Set everything under “{}” back to its default</source>
        <translation>「{}」の項目をすべて既定値に戻す</translation>
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
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>最近使ったフォルダー</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>{}を開く</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo and keeps them to itself: your photos stay as they are. It can also &lt;a href=&quot;writing&quot;&gt;write tags into them&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwrightは、すべての写真にタグの候補を示し、タグをTagwrightの中だけに保存します。写真は変更されません。&lt;a href=&quot;writing&quot;&gt;タグを写真に書き込む&lt;/a&gt;こともできます。写真がこのコンピューターの外に送られることはありません。</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo, and writes tags into small files beside the photos, which stay as they are; everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write into the photos&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwrightは、すべての写真にタグの候補を示し、写真の隣の小さなファイルにタグを書き込みます。写真は変更されず、すべて元に戻せます。&lt;a href=&quot;writing&quot;&gt;写真に書き込む&lt;/a&gt;こともできます。写真がこのコンピューターの外に送られることはありません。</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. What you accept is written into the photos, where other programs find it; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write what it is sure of by itself&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwrightは、すべての写真にタグの候補を示します。承認したタグは写真に書き込まれ、ほかのソフトでも使えます。それ以外は変更されず、すべて元に戻せます。&lt;a href=&quot;writing&quot;&gt;確度の高いタグを自動で書き込む&lt;/a&gt;こともできます。写真がこのコンピューターの外に送られることはありません。</translation>
    </message>
    <message>
        <source>Tagwright suggests tags for every photo. Those it is sure of are written into the photos, where other programs find them; nothing else in them changes, and everything can be undone. It can also &lt;a href=&quot;writing&quot;&gt;write only what you accept&lt;/a&gt;. Your photos never leave this computer.</source>
        <translation>Tagwrightは、すべての写真にタグの候補を示します。確度の高いタグは写真に書き込まれ、ほかのソフトでも使えます。それ以外は変更されず、すべて元に戻せます。&lt;a href=&quot;writing&quot;&gt;承認したタグだけを書き込む&lt;/a&gt;こともできます。写真がこのコンピューターの外に送られることはありません。</translation>
    </message>
</context>
<context>
    <name>_DropArea</name>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>写真の入ったフォルダーをここにドロップしてください</translation>
    </message>
</context>
</TS>
