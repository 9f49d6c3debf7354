<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>Suggestions</source>
        <extracomment>`system` goes with the desktop. How it learns: the kinds of `app.learning.heads.KINDS`. How an option is shown: a switch, a number, a share of one as per cent, a choice from a list, or a choice among the networks, which only the caller knows. The context of all texts here, for `QCoreApplication.translate`. Values of `write` with which anything is written at all. The sections in their order: key, title, icon.</extracomment>
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
        <source>More networks…</source>
        <translation>ほかの認識モデル…</translation>
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
        <source>Where it computes</source>
        <translation>計算する場所</translation>
    </message>
    <message>
        <source>A graphics card is tried once, and used where it is faster. Suggestions are the same.</source>
        <translation>グラフィックカードを一度試し、速い場合に使います。候補は変わりません。</translation>
    </message>
    <message>
        <source>Wherever it is faster</source>
        <translation>速い方</translation>
    </message>
    <message>
        <source>On the processor</source>
        <translation>プロセッサー</translation>
    </message>
    <message>
        <source>On the graphics card</source>
        <translation>グラフィックカード</translation>
    </message>
    <message>
        <source>Learn from what I accept and reject</source>
        <translation>承認と却下から学習する</translation>
    </message>
    <message>
        <source>Each answer changes what is suggested for all your photos. It stays on this computer.</source>
        <translation>回答のたびに、すべての写真の候補が更新されます。データはこのコンピューターから出ません。</translation>
    </message>
    <message>
        <source>How it learns</source>
        <translation>学習方法</translation>
    </message>
    <message>
        <source>Which is best depends on your photos. After a change, all is learned anew from your answers.</source>
        <translation>どれが最適かは写真によって異なります。変更すると、これまでの回答をもとにすべて学習し直します。</translation>
    </message>
    <message>
        <source>What photos of a tag have in common (recommended)</source>
        <translation>同じタグの写真に共通する特徴（推奨）</translation>
    </message>
    <message>
        <source>The widest gap between tags (linear SVM)</source>
        <translation>タグ同士の間隔を最大にする（線形SVM）</translation>
    </message>
    <message>
        <source>Weighing each feature (logistic regression)</source>
        <translation>特徴ごとに重みを付ける（ロジスティック回帰）</translation>
    </message>
    <message>
        <source>How usual each feature is (naive Bayes)</source>
        <translation>特徴ごとの現れやすさ（ナイーブベイズ）</translation>
    </message>
    <message>
        <source>Compare on my photos…</source>
        <translation>自分の写真で比較…</translation>
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
    <message>
        <source>There is no “{given}:”.</source>
        <translation>「{given}:」はありません。</translation>
    </message>
    <message>
        <source>There is no state “{given}”.</source>
        <translation>「{given}」という状態はありません。</translation>
    </message>
    <message>
        <source>Something is missing after “{given}”.</source>
        <translation>「{given}」の後に何か足りません。</translation>
    </message>
    <message>
        <source>“{given}” cannot be the name of a tag.</source>
        <translation>「{given}」はタグの名前にできません。</translation>
    </message>
    <message>
        <source>“{given}” is no certainty. Write a number such as 0.8 or 80%.</source>
        <translation>「{given}」は確度ではありません。0.8や80%のように入力してください。</translation>
    </message>
    <message>
        <source>“{given}” is no rating. Write a number from 0 to 5.</source>
        <translation>「{given}」は評価ではありません。0から5の数字を入力してください。</translation>
    </message>
    <message>
        <source>“{given}” is no date. Write 2024, 2024-05 or 2024-05-31.</source>
        <translation>「{given}」は日付ではありません。2024、2024-05、2024-05-31のように入力してください。</translation>
    </message>
    <message>
        <source>“{given}” takes a colon, not a comparison.</source>
        <translation>「{given}」の後には比較記号ではなくコロンを入力してください。</translation>
    </message>
    <message>
        <source>A parenthesis is not closed.</source>
        <translation>かっこが閉じられていません。</translation>
    </message>
    <message>
        <source>This parenthesis was never opened.</source>
        <translation>対応する開きかっこがありません。</translation>
    </message>
    <message>
        <source>This search is too long.</source>
        <translation>検索が長すぎます。</translation>
    </message>
    <message>
        <source>Did you mean {word}?</source>
        <translation>{word}ですか？</translation>
    </message>
    <message>
        <source>confirmed or suggested tag</source>
        <translation>確定または候補のタグ</translation>
    </message>
    <message>
        <source>suggested, confirmed, waiting, failed, untagged</source>
        <translation>状態：suggested、confirmed、waiting、failed、untagged</translation>
    </message>
    <message>
        <source>of the surest suggestion</source>
        <translation>最も確かな候補の確度</translation>
    </message>
    <message>
        <source>year, month or day it was taken</source>
        <translation>撮影した年、月、日</translation>
    </message>
    <message>
        <source>part of the folder’s name</source>
        <translation>フォルダー名の一部</translation>
    </message>
    <message>
        <source>maker or model</source>
        <translation>メーカーまたは機種</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>星の数</translation>
    </message>
    <message>
        <source>part of the file’s name</source>
        <translation>ファイル名の一部</translation>
    </message>
    <message>
        <source>tag that you confirmed</source>
        <translation>確定したタグ</translation>
    </message>
    <message>
        <source>tag that is only suggested</source>
        <translation>候補のみのタグ</translation>
    </message>
    <message>
        <source>suggestions are open</source>
        <translation>未回答の候補あり</translation>
    </message>
    <message>
        <source>tagged, nothing open</source>
        <translation>タグ付き、未回答の候補なし</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>未解析</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>読み込めなかったもの</translation>
    </message>
    <message>
        <source>looked at, without tags</source>
        <translation>解析済み、タグなし</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <extracomment>The context of the texts of the table, for `QCoreApplication.translate`.</extracomment>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>写真(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>タグ(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>フォルダーを追加(&amp;A)…</translation>
    </message>
    <message>
        <source>Add from the cli&amp;pboard</source>
        <translation>クリップボードから追加(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Watched folders…</source>
        <translation>監視フォルダー(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出し(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>設定(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直す(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>検索(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Accept all suggestions</source>
        <translation>すべての候補を承認(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;ject all suggestions</source>
        <translation>すべての候補を却下(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Type a tag…</source>
        <translation>タグを入力(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Remove a tag…</source>
        <translation>タグを削除(&amp;R)…</translation>
    </message>
    <message>
        <source>Show &amp;large</source>
        <translation>大きく表示(&amp;L)</translation>
    </message>
    <message>
        <source>Find &amp;similar photos</source>
        <translation>似た写真を検索(&amp;S)</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>フォルダーを開く(&amp;F)</translation>
    </message>
    <message>
        <source>Look at it a&amp;gain</source>
        <translation>もう一度解析(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>詳細(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>拡大(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>縮小(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全画面表示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Review doubtful photos</source>
        <translation>不確かな写真を確認(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Accept many…</source>
        <translation>まとめて承認(&amp;A)…</translation>
    </message>
    <message>
        <source>Find &amp;near-duplicates</source>
        <translation>ほぼ同じ写真を検索(&amp;N)</translation>
    </message>
    <message>
        <source>A&amp;ccuracy</source>
        <translation>精度(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>中止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Import a keyword list…</source>
        <translation>キーワード一覧を読み込む(&amp;I)…</translation>
    </message>
    <message>
        <source>E&amp;xport a keyword list…</source>
        <translation>キーワード一覧を書き出す(&amp;X)…</translation>
    </message>
    <message>
        <source>R&amp;ules…</source>
        <translation>ルール(&amp;U)…</translation>
    </message>
    <message>
        <source>Net&amp;works…</source>
        <translation>認識モデル(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Train your own network…</source>
        <translation>独自の認識モデルを学習させる(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>ショートカットキー(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Problems…</source>
        <translation>問題(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;About Tagwright</source>
        <translation>Tagwrightについて(&amp;A)</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <extracomment>Whole reasons.</extracomment>
        <translation>ファイルが空です</translation>
    </message>
    <message>
        <source>is not an image of a kind that can be read</source>
        <translation>読み込める種類の画像ではありません</translation>
    </message>
    <message>
        <source>needs more memory to decode than there is</source>
        <translation>メモリが足りません</translation>
    </message>
    <message>
        <source>holds no picture data; the file is probably cut off</source>
        <translation>画像データがありません。ファイルが途中で切れているようです</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ファイルではありません</translation>
    </message>
    <message>
        <source>is too large to be read safely</source>
        <translation>大きすぎるため安全に読み込めません</translation>
    </message>
    <message>
        <source>is a link that leads back to itself</source>
        <translation>自分自身に戻るリンクです</translation>
    </message>
    <message>
        <source>is empty, but there were photos in it: is its disk connected?</source>
        <translation>空ですが、以前は写真がありました。ディスクが接続されているか確認してください</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>ファイルまたはフォルダーがありません</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>アクセス権がありません</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>ディスクの空き容量がありません</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>ディスクは読み取り専用です</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>入出力エラー</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>not a directory</source>
        <translation>フォルダーではありません</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>ディスクの空き容量がありません</translation>
    </message>
    <message>
        <source>it has changed since it was looked at</source>
        <translation>解析の後に変更されています</translation>
    </message>
    <message>
        <source>it was changed by another program meanwhile</source>
        <translation>その間に別のソフトが変更しました</translation>
    </message>
    <message>
        <source>another program is writing it at this moment</source>
        <translation>別のソフトが書き込み中です</translation>
    </message>
    <message>
        <source>another program made it meanwhile</source>
        <translation>その間に別のソフトが作成しました</translation>
    </message>
    <message>
        <source>what was written could not be read back</source>
        <translation>書き込んだ内容を確認できませんでした</translation>
    </message>
    <message>
        <source>another photo has this name now</source>
        <translation>別の写真がこの名前になっています</translation>
    </message>
    <message>
        <source>it changed while it was copied</source>
        <translation>コピー中に変更されました</translation>
    </message>
    <message>
        <source>it is a sidecar itself</source>
        <translation>サイドカー自身です</translation>
    </message>
    <message>
        <source>is there already, with other content</source>
        <translation>内容の異なるファイルがすでにあります</translation>
    </message>
    <message>
        <source>leads out of the export folder</source>
        <translation>書き出し先のフォルダーの外になります</translation>
    </message>
    <message>
        <source>lies among the originals</source>
        <translation>元の写真のフォルダーの中にあります</translation>
    </message>
    <message>
        <source>a tag needs a name on every level</source>
        <translation>タグには各階層に名前が必要です</translation>
    </message>
    <message>
        <source>a tag cannot be moved below itself</source>
        <translation>タグを自分自身の下に移動することはできません</translation>
    </message>
    <message>
        <source>is too large for a keyword list</source>
        <translation>キーワード一覧としては大きすぎます</translation>
    </message>
    <message>
        <source>is no text in UTF-8 or UTF-16</source>
        <translation>UTF-8またはUTF-16のテキストではありません</translation>
    </message>
    <message>
        <source>is no text file</source>
        <translation>テキストファイルではありません</translation>
    </message>
    <message>
        <source>belongs to a newer Tagwright, and is left as it is</source>
        <translation>新しいバージョンのTagwrightのものなので、そのままにします</translation>
    </message>
    <message>
        <source>belongs to a newer Tagwright; changes are not kept</source>
        <translation>新しいバージョンのTagwrightのものです。変更は保存されません</translation>
    </message>
    <message>
        <source>is damaged; the defaults hold</source>
        <translation>破損しているため、既定値を使います</translation>
    </message>
    <message>
        <source>is not a folder</source>
        <translation>フォルダーではありません</translation>
    </message>
    <message>
        <source>has no photos in folders; put the photos of each class into a folder of its own</source>
        <translation>サブフォルダーに写真がありません。クラスごとに写真を別々のフォルダーに入れてください</translation>
    </message>
    <message>
        <source>has no photos; fill it, or remove it</source>
        <translation>写真がありません。写真を入れるか、フォルダーを削除してください</translation>
    </message>
    <message>
        <source>has no photos that can be read; each class needs two at least, one to learn and one to judge by</source>
        <translation>読み取れる写真がありません。各クラスには学習用と確認用に少なくとも2枚必要です</translation>
    </message>
    <message>
        <source>has 1 photo that can be read; each class needs two at least, one to learn and one to judge by</source>
        <translation>読み取れる写真が1枚しかありません。各クラスには学習用と確認用に少なくとも2枚必要です</translation>
    </message>
    <message>
        <source>there is a model of that name already</source>
        <translation>その名前のモデルはすでにあります</translation>
    </message>
    <message>
        <source>cannot be refined: it comes without its float form</source>
        <translation>浮動小数点版が付属していないため、微調整できません</translation>
    </message>
    <message>
        <source>the training has gone astray: its loss is no longer a number. Try smaller batches or another seed</source>
        <translation>学習が発散しました（損失が数値ではなくなりました）。バッチを小さくするか、別のシードを試してください</translation>
    </message>
    <message>
        <source>is damaged or not the file that its model card describes</source>
        <translation>壊れているか、モデルカードに記載されたファイルではありません</translation>
    </message>
    <message>
        <source>files are fetched by https only</source>
        <translation>ファイルはhttpsでのみ取得します</translation>
    </message>
    <message>
        <source>is being fetched already, by another Tagwright</source>
        <translation>別のTagwrightがすでに取得しています</translation>
    </message>
    <message>
        <source>the server sends another part of the file than was asked for</source>
        <translation>サーバーが要求とは異なる部分を送ってきました</translation>
    </message>
    <message>
        <source>the server has another file now</source>
        <translation>サーバー上のファイルが変わりました</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>接続が拒否されました</translation>
    </message>
    <message>
        <source>connection reset by peer</source>
        <translation>相手側により接続が切断されました</translation>
    </message>
    <message>
        <source>network is unreachable</source>
        <translation>ネットワークに接続できません</translation>
    </message>
    <message>
        <source>no route to host</source>
        <translation>ホストへの経路がありません</translation>
    </message>
    <message>
        <source>name or service not known</source>
        <translation>名前を解決できません</translation>
    </message>
    <message>
        <source>temporary failure in name resolution</source>
        <translation>名前解決に一時的に失敗しました</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>時間切れです</translation>
    </message>
    <message>
        <source>the read operation timed out</source>
        <translation>読み取りが時間切れになりました</translation>
    </message>
    <message>
        <source>is damaged: {detail}</source>
        <extracomment>With something in them that is said in words of its own, or is a name.</extracomment>
        <translation>破損しています：{detail}</translation>
    </message>
    <message>
        <source>LibRaw cannot read it: {detail}</source>
        <translation>LibRawで読み込めません：{detail}</translation>
    </message>
    <message>
        <source>is too large to be read safely (the limit is {limit} MB)</source>
        <translation>大きすぎるため安全に読み込めません（上限 {limit} MB）</translation>
    </message>
    <message>
        <source>a tag cannot contain {detail}</source>
        <translation>タグに使えない文字があります：{detail}</translation>
    </message>
    <message>
        <source>the tag {tag} cannot be written: {detail}</source>
        <translation>タグ{tag}を書き込めません：{detail}</translation>
    </message>
    <message>
        <source>its sidecar {name} cannot be added to: {detail}</source>
        <translation>サイドカー{name}に追記できません：{detail}</translation>
    </message>
    <message>
        <source>{folder} lies among the photos that are to be exported</source>
        <translation>{folder}は書き出す写真のフォルダーの中にあります</translation>
    </message>
    <message>
        <source>has only one class, {name}; a network needs two to tell apart, such as this and anything else</source>
        <translation>クラスが{name}の1つだけです。学習には区別する2つのクラスが必要です（例: これとそれ以外）</translation>
    </message>
    <message>
        <source>{name} and {other} would be the same tag</source>
        <translation>{name}と{other}は同じタグになります</translation>
    </message>
    <message>
        <source>training on {photos} photos needs {needed} GB on this disk for a while, and {free} GB are free</source>
        <translation>{photos}枚での学習には一時的にこのディスクに{needed} GB必要ですが、空きは{free} GBです</translation>
    </message>
    <message>
        <source>leads to {address}, which is not https</source>
        <translation>{address}に転送されますが、httpsではありません</translation>
    </message>
    <message>
        <source>cannot be kept in {folder}: {detail}</source>
        <translation>{folder}に保存できません: {detail}</translation>
    </message>
    <message>
        <source>the server is not who it says it is: {detail}</source>
        <translation>サーバーの身元を確認できません: {detail}</translation>
    </message>
    <message>
        <source>cannot reach {server} ({detail})</source>
        <translation>{server}に接続できません（{detail}）</translation>
    </message>
    <message>
        <source>the connection was lost ({detail})</source>
        <translation>接続が切れました（{detail}）</translation>
    </message>
    <message>
        <source>the connection ended after {done} of {total} bytes</source>
        <translation>{total}バイト中{done}バイトで接続が終わりました</translation>
    </message>
    <message>
        <source>the server answers {detail}</source>
        <translation>サーバーの応答: {detail}</translation>
    </message>
    <message>
        <source>is larger than it should be ({size} MB)</source>
        <translation>想定より大きなファイルです（{size} MB）</translation>
    </message>
    <message>
        <source>needs {size} MB on the disk, which has {free}</source>
        <translation>ディスクに{size} MB必要ですが、空きは{free}です</translation>
    </message>
    <message>
        <source>what arrived is not the file that was published, and was dropped ({detail})</source>
        <translation>届いたファイルは公開されたものと異なるため破棄しました（{detail}）</translation>
    </message>
    <message>
        <source>answers otherwise after the export (by {difference})</source>
        <translation>書き出し後の応答が異なります（差 {difference}）</translation>
    </message>
    <message>
        <source>unexpected error: {detail}</source>
        <translation>予期しないエラー：{detail}</translation>
    </message>
    <message>
        <source>unexpected error, please report it: {detail}</source>
        <translation>予期しないエラーです。報告をお願いします：{detail}</translation>
    </message>
</context>
<context>
    <name>AboutBox</name>
    <message>
        <source>About Tagwright</source>
        <translation>Tagwrightについて</translation>
    </message>
    <message>
        <source>Suggests tags for photos, and writes them where other photo programs see them. Everything happens on this computer.</source>
        <translation>写真にタグを提案し、他の写真ソフトからも見える場所に書き込みます。すべてこのコンピューター上で行われます。</translation>
    </message>
    <message>
        <source>Network in use: {name}</source>
        <translation>使用中の認識モデル: {name}</translation>
    </message>
    <message>
        <source>Networks that come with it: {names}</source>
        <translation>付属の認識モデル: {names}</translation>
    </message>
    <message>
        <source>Licence: {name}</source>
        <translation>ライセンス: {name}</translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <source>Your answers</source>
        <extracomment>So many tags that were left out are named in a tool tip. numpy array of PhotoId, str: photos to be shown in the grid, and what they are. Back to the photos. str: something to be said in passing. With which settings and head it was found, or is being looked for.</extracomment>
        <translation>回答</translation>
    </message>
    <message>
        <source>Tag by tag</source>
        <translation>タグ別</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>取り違え</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>確度</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>まだ測定していません。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>&amp;Measure again</source>
        <translation>再測定(&amp;M)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>中止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>As a &amp;table (CSV)…</source>
        <translation>表（CSV）(&amp;T)…</translation>
    </message>
    <message>
        <source>As a &amp;picture (PNG)…</source>
        <translation>画像（PNG）(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Back to the photos</source>
        <translation>写真に戻る(&amp;B)</translation>
    </message>
    <message>
        <source>Measuring on the photos with tags that you have confirmed …</source>
        <translation>確定したタグの付いた写真で測定しています…</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>測定しています…</translation>
    </message>
    <message>
        <source>It was stopped before there was anything to show.</source>
        <translation>結果が出る前に中止されました。</translation>
    </message>
    <message>
        <source>It could not be measured.</source>
        <translation>測定できませんでした。</translation>
    </message>
    <message>
        <source>To measure, there must be two tags at least with {n} photos each that you have confirmed. Accept more suggestions or type tags, and come back.</source>
        <translation>測定するには、確定した写真がそれぞれ {n} 枚以上あるタグが2つ以上必要です。候補を承認するかタグを入力してから、もう一度開いてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with confirmed tags: too few to measure.</source>
        <translation>
            <numerusform>確定したタグの付いた写真は %n 枚です。測定には足りません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) with tags that you have confirmed, each judged as if its own tags were not known.</source>
        <translation>
            <numerusform>確定したタグの付いた %n 枚の写真で測定しました。どの写真も、その写真のタグを知らないものとして判定しています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) with too few photos are left out.</source>
        <translation>
            <numerusform>写真が少なすぎる %n 個のタグは除いています。</numerusform>
        </translation>
    </message>
    <message>
        <source>{tag}, found as such</source>
        <translation>{tag}（正しく判定）</translation>
    </message>
    <message>
        <source>{tag}, taken for {other}</source>
        <translation>{tag}（{other}と取り違え）</translation>
    </message>
    <message>
        <source>{tag}, missed</source>
        <translation>{tag}（見逃し）</translation>
    </message>
    <message>
        <source>{tag} was found on all of its photos.</source>
        <translation>{tag}は、このタグのすべての写真で見つかりました。</translation>
    </message>
    <message>
        <source>Accuracy.csv</source>
        <translation>精度.csv</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>表 (*.csv);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Accuracy.png</source>
        <translation>精度.png</translation>
    </message>
    <message>
        <source>Pictures (*.png);;All files (*)</source>
        <translation>画像 (*.png);;すべてのファイル (*)</translation>
    </message>
    <message numerus="yes">
        <source>{title}: the first answer is right for {share} of %n photo(s)</source>
        <translation>
            <numerusform>{title}：%n 枚の写真のうち{share}で最初の答えが正解</numerusform>
        </translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>保存しました：{name}</translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message>
        <source>Add a network</source>
        <extracomment>dict: the card of a network that is in the catalogue now. str: id of a network that photos are to be looked at with from now on.</extracomment>
        <translation>認識モデルを追加</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose the file with the names of its classes</source>
        <translation>クラス名のファイルを選択</translation>
    </message>
    <message>
        <source>More</source>
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Numbers of its colours</source>
        <translation>色の数値の範囲</translation>
    </message>
    <message>
        <source>Find it out</source>
        <translation>自動で判定</translation>
    </message>
    <message>
        <source>Only if it says the same of all photos, or talks nonsense.</source>
        <translation>すべての写真に同じ結果を出す場合や、結果がでたらめな場合にのみ変更してください。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Use this network now</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Names of its classes</source>
        <translation>クラス名</translation>
    </message>
    <message>
        <source>There is a network of this name already.</source>
        <translation>この名前の認識モデルはすでにあります。</translation>
    </message>
    <message>
        <source>A name needs a letter or a digit.</source>
        <translation>名前には文字か数字が1文字以上必要です。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source> (found beside it)</source>
        <translation>（同じ場所で見つかりました）</translation>
    </message>
    <message>
        <source>The names of its classes</source>
        <translation>クラス名</translation>
    </message>
    <message>
        <source>Lists ({patterns})</source>
        <translation>一覧 ({patterns})</translation>
    </message>
    <message>
        <source>Examining it, and trying it on some photos…</source>
        <translation>内容を確認し、いくつかの写真で試しています…</translation>
    </message>
    <message numerus="yes">
        <source>It does not say what its %n class(es) are called. Choose the file with their names, one a line.</source>
        <translation>
            <numerusform>%n 個のクラスの名前が含まれていません。名前を1行に1つずつ書いたファイルを選択してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added: it knows %n class(es).</source>
        <translation>
            <numerusform>追加しました。%n 個のクラスを見分けます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Learning from what you accept works less well with it than with others.</source>
        <translation>このモデルでは、承認したタグからの学習がほかのモデルほどうまくいきません。</translation>
    </message>
    <message>
        <source>It said the same of every picture that it was tried on. If it does so of your photos, remove it, and add it again with other numbers under “More”.</source>
        <translation>試した画像のすべてで同じ結果になりました。写真でも同じ場合は、いったん削除し、「詳細設定」で色の数値の範囲を変えて追加し直してください。</translation>
    </message>
    <message>
        <source>When you use it, all photos are looked at anew in the background; tags that they have stay.</source>
        <translation>このモデルを使うと、すべての写真をバックグラウンドで解析し直します。付いているタグはそのまま残ります。</translation>
    </message>
    <message>
        <source>Networks ({patterns})</source>
        <translation>認識モデル ({patterns})</translation>
    </message>
</context>
<context>
    <name>AnswersPane</name>
    <message>
        <source>Kept</source>
        <extracomment>The column with the small lines.</extracomment>
        <translation>採用</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Added by hand</source>
        <translation>手動で追加</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>Tags suggested, with those that wait</source>
        <translation>候補になったタグ（未回答を含む）</translation>
    </message>
    <message>
        <source>Suggestions that you accepted</source>
        <translation>承認した候補</translation>
    </message>
    <message>
        <source>Suggestions that you rejected or took out</source>
        <translation>却下した候補、または後で外した候補</translation>
    </message>
    <message>
        <source>Tags that you set without a suggestion</source>
        <translation>候補によらずに付けたタグ</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>By week</source>
        <translation>週別</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>月別</translation>
    </message>
    <message>
        <source>How time is divided</source>
        <translation>期間の区切り</translation>
    </message>
    <message>
        <source>Answers over time</source>
        <translation>回答の推移</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>すべてのタグ</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>タグを検索</translation>
    </message>
    <message>
        <source>Answers by tag</source>
        <translation>タグ別の回答</translation>
    </message>
    <message>
        <source>The share of the answered suggestions that you kept; not shown for fewer than {n}</source>
        <translation>回答した候補のうち採用した割合（{n} 件未満では表示しません）</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Photos that the tag was suggested for, with those that wait</source>
        <translation>このタグが候補になった写真（未回答を含む）</translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) wait for an answer</source>
        <translation>
            <numerusform>未回答の候補：%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>承認したもの</translation>
    </message>
    <message>
        <source>Rejected or taken out</source>
        <translation>却下したもの、または後で外したもの</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Set by you without a suggestion</source>
        <translation>候補によらずに付けたもの</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>確度</translation>
    </message>
    <message>
        <source>How certain the answered suggestions were on average</source>
        <translation>回答した候補の確度の平均</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>推移</translation>
    </message>
    <message>
        <source>The share that was right in each week or month</source>
        <translation>週または月ごとの正解率</translation>
    </message>
    <message>
        <source>{kept} of {answered} answered suggestions were right</source>
        <translation>回答した候補 {answered} 件のうち {kept} 件が正解</translation>
    </message>
    <message>
        <source>No suggestion has been answered yet. Accept or reject some, and here you see how many were right, for each tag and over time.</source>
        <translation>まだどの候補にも回答していません。候補を承認または却下すると、正解の割合がタグ別と期間別に表示されます。</translation>
    </message>
    <message>
        <source>{period}: {kept} kept, {removed} removed, {added} added by hand</source>
        <translation>{period}：採用 {kept}、削除 {removed}、手動で追加 {added}</translation>
    </message>
    <message>
        <source>Week from {day}</source>
        <translation>{day}からの週</translation>
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
    <name>BulkAcceptDialog</name>
    <message>
        <source>Accept Suggestions</source>
        <extracomment>The answer of the library is there.</extracomment>
        <translation>候補を承認</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>確度</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>&amp;Tag:</source>
        <translation>タグ(&amp;T)：</translation>
    </message>
    <message>
        <source>A&amp;ccept all suggestions that are at least this certain</source>
        <translation>この確度以上の候補をすべて承認(&amp;C)</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>すべてのタグ</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Looking for suggestions …</source>
        <translation>候補を検索しています…</translation>
    </message>
    <message>
        <source>Accept {tags} on {photos}</source>
        <translation>{photos}の{tags}を承認</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n 個のタグ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message>
        <source>The least certain of them</source>
        <translation>その中で確度の低いもの</translation>
    </message>
    <message>
        <source>No suggestion is so certain; the surest has {n} %</source>
        <translation>この確度に達する候補はありません。最も確かな候補は{n}%です</translation>
    </message>
    <message>
        <source>No suggestion waits for an answer</source>
        <translation>未回答の候補はありません</translation>
    </message>
</context>
<context>
    <name>CertaintyPane</name>
    <message>
        <source>How often it is right at each certainty</source>
        <extracomment>Certainties that are off by less are as good as right.</extracomment>
        <translation>確度ごとの正解率</translation>
    </message>
    <message>
        <source>As measured on photos with confirmed tags</source>
        <translation>確定したタグの付いた写真での測定</translation>
    </message>
    <message>
        <source>By your answers to suggestions</source>
        <translation>候補への回答による</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>集計の対象</translation>
    </message>
    <message>
        <source>There are too few suggestions to say anything.</source>
        <translation>候補が少なすぎるため判断できません。</translation>
    </message>
    <message numerus="yes">
        <source>{certainty} certain on average: {right} right, of %n suggestion(s)</source>
        <translation>
            <numerusform>平均の確度{certainty}：%n 件の候補のうち{right}が正解</numerusform>
        </translation>
    </message>
    <message>
        <source>how certain it was</source>
        <translation>確度</translation>
    </message>
    <message>
        <source>It is right about as often as it says: on average its certainty is off by {points} points. On the dashed line it would be exactly so.</source>
        <translation>確度と実際の正解率はほぼ一致しています。確度のずれは平均 {points} ポイントです。破線は完全に一致する場合を示します。</translation>
    </message>
    <message>
        <source>It is right more often than it says: on average its certainty is off by {points} points. On the dashed line it would be right as often as it says.</source>
        <translation>実際の正解率は確度より高くなっています。確度のずれは平均 {points} ポイントです。破線は正解率が確度と一致する場合を示します。</translation>
    </message>
    <message>
        <source>It is right less often than it says: on average its certainty is off by {points} points. On the dashed line it would be right as often as it says.</source>
        <translation>実際の正解率は確度より低くなっています。確度のずれは平均 {points} ポイントです。破線は正解率が確度と一致する場合を示します。</translation>
    </message>
</context>
<context>
    <name>ChangeDialog</name>
    <message>
        <source>What it means</source>
        <extracomment>TagPlan: the user wants it. How many tags the user has chosen.</extracomment>
        <translation>変更の内容</translation>
    </message>
    <message>
        <source>Counting photos…</source>
        <translation>写真を数えています…</translation>
    </message>
    <message>
        <source>“{tag}”</source>
        <translation>「{tag}」</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>{count} of {total}</source>
        <extracomment>As many are shown before somebody asks for the rest. After these a long path may go on in the next line. The context menu of a tag is about to be shown: QMenu, Tag</extracomment>
        <translation>{count} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Put on all %n photo(s)</source>
        <translation>
            <numerusform>%n 枚すべてに付ける</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>ほか %n 個を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Add a folder of photos</source>
        <extracomment>What the entries above the tag tree search for.</extracomment>
        <translation>写真のフォルダーを追加</translation>
    </message>
    <message>
        <source>There is no folder or file on the clipboard.</source>
        <translation>クリップボードにフォルダーやファイルがありません。</translation>
    </message>
    <message>
        <source>Select a photo first.</source>
        <translation>先に写真を選択してください。</translation>
    </message>
    <message>
        <source>The most similar photos come first</source>
        <translation>最も似た写真から順に表示しています</translation>
    </message>
    <message>
        <source>Not done: {reason}</source>
        <translation>実行できませんでした：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n photo(s) changed</source>
        <translation>
            <numerusform>中止しました。%n枚の写真を変更しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be changed</source>
        <translation>
            <numerusform>%n 枚の写真を変更できませんでした</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing left of it to undo or redo.</source>
        <translation>元に戻す、またはやり直す内容が残っていません。</translation>
    </message>
    <message>
        <source>Undone: {label}</source>
        <translation>元に戻しました：{label}</translation>
    </message>
    <message>
        <source>The photos are whole. What was not done goes on when you resume it, or at the next start.</source>
        <translation>写真に問題はありません。残りの処理は、再開したとき、または次回の起動時に続きます。</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Network</source>
        <extracomment>str: id of a network that is to be used.</extracomment>
        <translation>認識モデル</translation>
    </message>
    <message>
        <source>First tag right</source>
        <translation>最初のタグの正解率</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>順序</translation>
    </message>
    <message>
        <source>Photos a second</source>
        <translation>1秒あたりの枚数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Compare networks on my photos</source>
        <translation>自分の写真で認識モデルを比較</translation>
    </message>
    <message>
        <source>Looking at the photos whose tags you have confirmed…</source>
        <translation>確定したタグの付いた写真を解析しています…</translation>
    </message>
    <message>
        <source>Networks, the best one first</source>
        <translation>認識モデル（良い順）</translation>
    </message>
    <message>
        <source>Of how many photos the surest tag is one that you gave them</source>
        <translation>最も確かなタグが、実際に付けたタグの1つである写真の割合</translation>
    </message>
    <message>
        <source>How far the photos of a tag come before all others (100 %: all do)</source>
        <translation>タグの写真がほかの写真よりどれだけ上位に来るか（100%：すべてが上位）</translation>
    </message>
    <message>
        <source>On this computer&apos;s processor, reading the photos included</source>
        <translation>このコンピューターのプロセッサーでの値（写真の読み込みを含む）</translation>
    </message>
    <message>
        <source>Of the file that looks at photos</source>
        <translation>写真の解析に使うファイルのサイズ</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>{network}: photo {done} of {total}</source>
        <translation>{network}：写真 {done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) whose tags you have confirmed, each by what was learned from the others. 19 times of 20 the truth is within ±.</source>
        <translation>
            <numerusform>確定したタグの付いた %n 枚の写真で、それぞれをほかの写真から学習した内容で判定しました。真の値は、20回中19回は±の範囲に入ります。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is too little to compare yet: accept or set at least {tags} tags, each for {photos} photos or more.</source>
        <translation>比較にはまだ足りません。{tags} 個以上のタグを、それぞれ {photos} 枚以上の写真で承認または追加してください。</translation>
    </message>
    <message>
        <source>{} – in use</source>
        <translation>{}（使用中）</translation>
    </message>
    <message>
        <source>{share} ± {margin} %</source>
        <translation>{share} ± {margin}%</translation>
    </message>
    <message>
        <source>Best on your photos: {name}</source>
        <translation>これらの写真に最適：{name}</translation>
    </message>
    <message>
        <source>On your photos the best is the one in use: {name}</source>
        <translation>これらの写真では、使用中のモデルが最適です：{name}</translation>
    </message>
    <message>
        <source>On your photos the differences are no larger than chance makes them. The one in use is as good as any: {name}</source>
        <translation>これらの写真では、違いは偶然の範囲内です。使用中のモデルで問題ありません：{name}</translation>
    </message>
    <message>
        <source>Better on your photos than the one in use: {name}</source>
        <translation>これらの写真では、使用中のモデルより優れています：{name}</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>Compare ways of learning</source>
        <extracomment>str: the user wants to use this way.</extracomment>
        <translation>学習方法の比較</translation>
    </message>
    <message>
        <source>Answering each of your photos from all the others…</source>
        <translation>それぞれの写真を、ほかのすべての写真をもとに判定しています…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>この方法を使う</translation>
    </message>
    <message>
        <source>Ways of learning, the best one first</source>
        <translation>学習方法（良い順）</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>First tag right</source>
        <translation>最初のタグの正解率</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>順序</translation>
    </message>
    <message>
        <source>Certainty off by</source>
        <translation>確度のずれ</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Of how many photos the surest tag is one that you gave them</source>
        <translation>最も確かなタグが、実際に付けたタグの1つである写真の割合</translation>
    </message>
    <message>
        <source>How far the photos of a tag come before all others (100 %: all do)</source>
        <translation>タグの写真がほかの写真よりどれだけ上位に来るか（100%：すべてが上位）</translation>
    </message>
    <message>
        <source>How far certainties are from how often they are right, on average</source>
        <translation>確度と実際の正解率のずれの平均</translation>
    </message>
    <message>
        <source>For learning all your answers six times over</source>
        <translation>すべての回答を6回学習するのにかかる時間</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>There is too little to compare yet: accept or set at least {tags} tags, each for {photos} photos or more.</source>
        <translation>比較にはまだ足りません。{tags} 個以上のタグを、それぞれ {photos} 枚以上の写真で承認または追加してください。</translation>
    </message>
    <message numerus="yes">
        <source>Measured on %n photo(s) that you have answered, each by what was learned from the others. ± is how much it differs from one fifth of them to another.</source>
        <translation>
            <numerusform>回答済みの %n 枚の写真で、それぞれをほかの写真から学習した内容で判定しました。±は、写真を5等分したときの結果のばらつきです。</numerusform>
        </translation>
    </message>
    <message>
        <source>On your photos the best is the one in use: {name}</source>
        <translation>これらの写真では、使用中の方法が最適です：{name}</translation>
    </message>
    <message>
        <source>On your photos the differences are no larger than chance makes them. The one in use is as good as any: {name}</source>
        <translation>これらの写真では、違いは偶然の範囲内です。使用中の方法で問題ありません：{name}</translation>
    </message>
    <message>
        <source>Better on your photos than the one in use: {name}</source>
        <translation>これらの写真では、使用中の方法より優れています：{name}</translation>
    </message>
    <message>
        <source>{} – in use</source>
        <translation>{}（使用中）</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} 秒</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Move tags</source>
        <translation>タグを移動</translation>
    </message>
    <message>
        <source>Move {tags} to the top?</source>
        <translation>{tags}を最上位に移動しますか？</translation>
    </message>
    <message>
        <source>Move {tags} below “{target}”?</source>
        <translation>{tags}を「{target}」の下に移動しますか？</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>There already, so merged: {tags}</source>
        <translation>すでにあるため統合されます：{tags}</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete tags</source>
        <translation>タグを削除</translation>
    </message>
    <message>
        <source>Delete {tags}?</source>
        <translation>{tags}を削除しますか？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>&amp;Reject open suggestions of it too</source>
        <translation>未回答の候補も却下する(&amp;R)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Reject %n open suggestion(s) too</source>
        <translation>
            <numerusform>未回答の候補 %n 件も却下する(&amp;R)</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo has it.</source>
        <translation>このタグの付いた写真はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose them.</source>
        <translation>
            <numerusform>%n 枚の写真からこれらのタグがなくなります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will lose it.</source>
        <translation>
            <numerusform>%n 枚の写真からこのタグがなくなります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>下位の %n 個のタグも対象になります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n 個のファイルに書き込みます。</numerusform>
        </translation>
    </message>
    <message>
        <source>The tag stays in the tree for its open suggestions.</source>
        <translation>未回答の候補があるため、タグは一覧に残ります。</translation>
    </message>
    <message numerus="yes">
        <source>It can be undone, but %n synonym(s) will be lost.</source>
        <translation>
            <numerusform>元に戻せますが、%n 個の同義語は失われます。</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>この操作は元に戻せます。</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Name</source>
        <extracomment>As many are named in a tool tip. In which order states are counted up.</extracomment>
        <translation>名前</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n 個のフォルダー</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The tags of %n more photo(s) are not read yet.</source>
        <translation>
            <numerusform>ほか %n 枚の写真のタグはまだ読み込まれていません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading their tags…</source>
        <translation>タグを読み込んでいます…</translation>
    </message>
    <message>
        <source>Progress</source>
        <extracomment>str: id of the network for which the button was pressed.</extracomment>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Use this network</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>From a file on this computer…</source>
        <translation>このコンピューターのファイルから…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Compare its forms…</source>
        <translation>形式を比較…</translation>
    </message>
    <message>
        <source>Float, dynamic and int8 side by side: size, time, and how often it is right</source>
        <translation>float、dynamic、int8の比較：サイズ、時間、正解率</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Use another network first.</source>
        <translation>先に別のモデルに切り替えてください。</translation>
    </message>
    <message>
        <source>You can close this window; it goes on as long as Tagwright runs.</source>
        <translation>このウィンドウを閉じても、Tagwrightの実行中は続きます。</translation>
    </message>
    <message>
        <source>What has arrived is kept. Check the connection, then go on.</source>
        <translation>受信した分は残っています。接続を確認してから再開してください。</translation>
    </message>
    <message>
        <source>Check the connection and try again, or take a file with its weights that is on this computer.</source>
        <translation>接続を確認してもう一度試すか、このコンピューターにある重みのファイルを使ってください。</translation>
    </message>
    <message>
        <source>All photos are then looked at anew in the background. Tags that they have stay.</source>
        <translation>使い始めると、すべての写真をバックグラウンドで解析し直します。付いているタグはそのまま残ります。</translation>
    </message>
    <message>
        <source>Remove it, and fetch or add it again.</source>
        <translation>削除してから、もう一度ダウンロードまたは追加してください。</translation>
    </message>
    <message>
        <source>It lies in the folder “models” beside your settings. Put it right or remove it there.</source>
        <translation>設定と同じ場所の「models」フォルダーにあります。そこで修正するか削除してください。</translation>
    </message>
    <message>
        <source>Install Tagwright again to repair it.</source>
        <translation>修復するには、Tagwrightをインストールし直してください。</translation>
    </message>
    <message>
        <source>Its weights are fetched from the source below and converted on this computer. Nothing of yours is sent.</source>
        <translation>重みを下記の入手元からダウンロードし、このコンピューターで変換します。写真などのデータは送信されません。</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>The key of each entry, and the states of its photos; none for all photos.</extracomment>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>すべての写真</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation>タグなし</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
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
    <message>
        <source>Examples</source>
        <translation>例</translation>
    </message>
    <message>
        <source>{tag}, {n} %</source>
        <translation>{tag}、{n}%</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
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
        <source>Only tags that are in the photos or accepted</source>
        <translation>写真にあるタグと承認したタグのみ</translation>
    </message>
    <message>
        <source>Suggestions as well, if they are at least so certain:</source>
        <translation>次の確度以上の候補も含める：</translation>
    </message>
    <message>
        <source> %</source>
        <translation>%</translation>
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
    <name>Failure</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message numerus="yes">
        <source>Something went wrong with %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真で問題が起きました</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoldersDialog</name>
    <message>
        <source>Watched folders</source>
        <extracomment>Other folders are watched now.</extracomment>
        <translation>監視フォルダー</translation>
    </message>
    <message>
        <source>New, changed and vanished photos in these folders are noticed while Tagwright is open.</source>
        <translation>Tagwrightを開いている間、これらのフォルダーの写真の追加、変更、削除を検出します。</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>フォルダーを追加(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Watch no longer</source>
        <translation>監視をやめる(&amp;W)</translation>
    </message>
    <message>
        <source>Its photos stay in the library, with their tags</source>
        <translation>写真とタグはライブラリに残ります</translation>
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
        <translation>{name}の形式</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始しています…</translation>
    </message>
    <message>
        <source>Float, dynamic and int8 side by side</source>
        <translation>float、dynamic、int8の比較</translation>
    </message>
    <message>
        <source>As it was published or trained</source>
        <translation>公開または学習されたままのもの</translation>
    </message>
    <message>
        <source>With its weights rounded: a quarter of the size</source>
        <translation>重みを丸めたもの：サイズは4分の1</translation>
    </message>
    <message>
        <source>All of it rounded: also faster on a processor</source>
        <translation>すべてを丸めたもの：プロセッサーでは処理も速くなります</translation>
    </message>
    <message>
        <source>Looking at your photos: {done} of {total}</source>
        <translation>写真を解析中：{done} / {total}</translation>
    </message>
    <message>
        <source>Converting it in three ways…</source>
        <translation>3つの形式に変換しています…</translation>
    </message>
    <message>
        <source>Loading it…</source>
        <translation>読み込んでいます…</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Time for a photo</source>
        <translation>1枚あたりの時間</translation>
    </message>
    <message>
        <source>As fast as float</source>
        <translation>速さ（floatとの比）</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Right among the first five</source>
        <translation>上位5つに正解</translation>
    </message>
    <message>
        <source>Right among the first ten</source>
        <translation>上位10に正解</translation>
    </message>
    <message>
        <source>Same first answer as float</source>
        <translation>最初の答えがfloatと一致</translation>
    </message>
    <message>
        <source>Same tags as float</source>
        <translation>タグがfloatと一致</translation>
    </message>
    <message>
        <source>int8 has {size} of the size, is {times} as fast, and gives the same tags for {same} of the photos.</source>
        <translation>int8は、サイズが{size}、速さが{times}で、写真の{same}に同じタグを付けます。</translation>
    </message>
    <message numerus="yes">
        <source>On %n of your photos, one at a time, on this computer&apos;s processor.</source>
        <translation>
            <numerusform>%n 枚の写真で、1枚ずつ、このコンピューターのプロセッサーで測定しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are too few photos to compare by: add at least {number} to the window first.</source>
        <translation>比較するには写真が足りません。先に {number} 枚以上をウィンドウに追加してください。</translation>
    </message>
    <message>
        <source>{} ms</source>
        <translation>{} ミリ秒</translation>
    </message>
    <message>
        <source>{} times</source>
        <translation>{} 倍</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>No date</source>
        <extracomment>Says what stands over a group: a title, and after a line break what is said in a weaker colour.</extracomment>
        <translation>日付なし</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>グループ {number}</translation>
    </message>
    <message>
        <source>Photos</source>
        <extracomment>How long the view rests before it says what is on the screen, in milliseconds. One step of the wheel. PhotoId: show it large (double click, Space) PhotoIds on the screen first, then those a page further where, on the screen Escape was pressed: back to all photos</extracomment>
        <translation>写真</translation>
    </message>
</context>
<context>
    <name>Hint</name>
    <message>
        <source>No photo selected</source>
        <translation>写真が選択されていません</translation>
    </message>
    <message>
        <source>Select one to see its tags, or several to change their tags together.</source>
        <translation>1枚選ぶとそのタグが表示されます。複数選ぶとタグをまとめて変更できます。</translation>
    </message>
    <message>
        <source>1 to 9</source>
        <translation>1～9</translation>
    </message>
    <message>
        <source>accept a suggestion</source>
        <translation>候補を承認</translation>
    </message>
    <message>
        <source>Shift+1 to 9</source>
        <translation>Shift+1～9</translation>
    </message>
    <message>
        <source>reject it</source>
        <translation>候補を却下</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>accept all</source>
        <translation>すべて承認</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>type a tag</source>
        <translation>タグを入力</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>You rejected it for other photos</source>
        <extracomment>What the networks that come with the program call themselves.</extracomment>
        <translation>ほかの写真で却下したタグ</translation>
    </message>
    <message>
        <source>Learned from your answers</source>
        <translation>これまでの回答から学習</translation>
    </message>
    <message>
        <source>The rule “{name}”</source>
        <translation>ルール「{name}」</translation>
    </message>
    <message>
        <source>A rule</source>
        <translation>ルール</translation>
    </message>
    <message>
        <source>The network {name}</source>
        <translation>認識モデル {name}</translation>
    </message>
    <message>
        <source>Waiting to be looked at</source>
        <translation>解析待ち</translation>
    </message>
    <message>
        <source>Being looked at now</source>
        <translation>解析中</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>問題が起きました</translation>
    </message>
    <message>
        <source>Suggestions to review</source>
        <translation>候補の確認待ち</translation>
    </message>
    <message>
        <source>Tagged</source>
        <translation>タグ付き</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>タグなし</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <extracomment>The meaning in `app.ui.theme` that each state is shown in.</extracomment>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first}～{last}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} ピクセル</translation>
    </message>
    <message>
        <source>Marked as rejected</source>
        <translation>不採用の印付き</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <extracomment>As many photos are counted at once; beyond that, bit by bit, so that the window goes on. list[tuple[PhotoId, Edit]], and what it is, for the menu list[PhotoId]: they failed and are to be tried again. Tag: only photos with it are to be shown. The focus should go back to the photos. QKeyEvent: a key for the photos, while the focus stays here. str: for the status bar.</extracomment>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>On some of them. Click to put on all:</source>
        <translation>一部の写真のタグ。クリックするとすべてに付けます：</translation>
    </message>
    <message>
        <source>Not added, as it is no tag: {text}</source>
        <translation>タグではないため追加されませんでした: {text}</translation>
    </message>
    <message>
        <source>Suggestions come once the photo has been looked at.</source>
        <translation>写真の解析が終わると候補が表示されます。</translation>
    </message>
    <message>
        <source>Nothing left to review.</source>
        <translation>確認する候補はありません。</translation>
    </message>
    <message>
        <source>Accept {tag}</source>
        <translation>{tag}を承認</translation>
    </message>
    <message numerus="yes">
        <source>Accept {tag} for %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真で{tag}を承認</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n suggestion(s)</source>
        <translation>
            <numerusform>%n 件の候補を承認</numerusform>
        </translation>
    </message>
    <message>
        <source>Reject {tag}</source>
        <translation>{tag}を却下</translation>
    </message>
    <message numerus="yes">
        <source>Reject {tag} for %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真で{tag}を却下</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n suggestion(s)</source>
        <translation>
            <numerusform>%n 件の候補を却下</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove {tag} from %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真から{tag}を外す</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add {tag} to %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真に{tag}を追加</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n tag(s)</source>
        <translation>
            <numerusform>%n 個のタグを追加</numerusform>
        </translation>
    </message>
    <message>
        <source>Show photos with {tag}</source>
        <translation>{tag}の写真を表示</translation>
    </message>
    <message numerus="yes">
        <source>Put {tag} on all %n photo(s)</source>
        <translation>
            <numerusform>%n 枚すべての写真に{tag}を付ける</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobDialog</name>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>中止しています…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>中止しました。</translation>
    </message>
</context>
<context>
    <name>KeysOverlay</name>
    <message>
        <source>Keys</source>
        <extracomment>Where it stands, what it does, and the key: a sequence, or text such as &quot;1 – 9&quot;. By section: what a key does, and what stands on its caps.</extracomment>
        <translation>ショートカットキー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>LearningPane</name>
    <message>
        <source>How often the first answer is right, by examples</source>
        <translation>例の数と最初の答えの正解率</translation>
    </message>
    <message>
        <source>For this, the tags need more photos that have just one of them: such photos say most clearly what helped.</source>
        <translation>これには、タグが1つだけ付いた写真がもっと必要です。そのような写真から、何が役立ったかが最もはっきり分かります。</translation>
    </message>
    <message>
        <source>How often the first answer is right on photos that it was not taught, when it is taught just so many of each tag. Where the line still rises, more examples help.</source>
        <translation>タグごとにこの数だけ例を学習したとき、学習していない写真で最初の答えが正解になる割合です。線がまだ上がっているところでは、例を増やすと効果があります。</translation>
    </message>
    <message numerus="yes">
        <source>With %n example(s) of each tag: {right} right (from {low} to {high})</source>
        <translation>
            <numerusform>タグごとに %n 個の例：正解率{right}（{low}～{high}）</numerusform>
        </translation>
    </message>
    <message>
        <source>examples of each tag</source>
        <translation>タグごとの例の数</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tags</source>
        <extracomment>Actions whose keys must not work while somebody types: they belong to the photos. Preferences: the user has set something. Whether somebody is there to be asked, when much is left to be written.</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Photo</source>
        <extracomment>The number keys, which belong to the grid and the large photo.</extracomment>
        <translation>写真</translation>
    </message>
    <message>
        <source>Accept the first suggestion (2 to 9: the others)</source>
        <translation>1番目の候補を承認（2～9：ほかの候補）</translation>
    </message>
    <message>
        <source>Reject the first suggestion (Shift+2 to 9: the others)</source>
        <translation>1番目の候補を却下（Shift+2～9：ほかの候補）</translation>
    </message>
    <message>
        <source>Something went wrong: {text}</source>
        <translation>問題が起きました：{text}</translation>
    </message>
    <message>
        <source>No photo matches</source>
        <translation>一致する写真がありません</translation>
    </message>
    <message>
        <source>Press Escape to see all.</source>
        <translation>Escキーを押すと、すべて表示します。</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>写真がありません</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直す(&amp;R)</translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message>
        <source>Mix-ups</source>
        <extracomment>Room for the names, beside the rows and above the columns. int, int: what the photos show, and what they were taken for. str: what is to be said about what is pointed at; empty for nothing.</extracomment>
        <translation>取り違え</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with {tag}, found as such</source>
        <translation>
            <numerusform>{tag}の写真 %n 枚を正しく判定</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with {tag} were taken for {other}</source>
        <translation>
            <numerusform>{tag}の写真 %n 枚を{other}と取り違え</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MixUpsPane</name>
    <message>
        <source>Each row is a tag that photos have, each column what they were taken for. Click a cell, or press Enter on it, to see its photos.</source>
        <extracomment>int, int: what the photos show, and what they were taken for, by the tags&apos; indices.</extracomment>
        <translation>行は写真に付いているタグ、列は判定されたタグです。マスをクリックするかEnterキーを押すと、その写真を表示します。</translation>
    </message>
    <message>
        <source>Only tags that are mixed up</source>
        <translation>取り違えのあるタグのみ</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Save search</source>
        <extracomment>str: the name.</extracomment>
        <translation>検索を保存</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Takes the place of the search that has this name.</source>
        <translation>同じ名前の検索を置き換えます。</translation>
    </message>
</context>
<context>
    <name>Networks</name>
    <message>
        <source>Here</source>
        <extracomment>Between the parts of a line. What stands before the reason why something could not be fetched.</extracomment>
        <translation>使用可能</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>独自のモデル</translation>
    </message>
    <message>
        <source>Can be fetched</source>
        <translation>ダウンロード可能</translation>
    </message>
    <message>
        <source>{share} right (published)</source>
        <translation>正解率{share}（公表値）</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>破損</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>{share} of {size} fetched</source>
        <translation>{size}の{share}を受信済み</translation>
    </message>
    <message>
        <source>Not fetched ({size})</source>
        <translation>未ダウンロード（{size}）</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>{share} of {size}</source>
        <translation>{size}の{share}</translation>
    </message>
    <message>
        <source>Putting it together…</source>
        <translation>組み立てています…</translation>
    </message>
    <message>
        <source>Converting it; this takes minutes…</source>
        <translation>変換しています。数分かかります…</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>動作を確認しています…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>中止しています…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始しています…</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} ピクセル</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>公表値</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>測定値</translation>
    </message>
    <message>
        <source>When trained</source>
        <translation>学習時</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>入手元</translation>
    </message>
    <message>
        <source>By</source>
        <translation>作成者</translation>
    </message>
    <message>
        <source>About</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
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
        <translation>正解率{share}</translation>
    </message>
    <message>
        <source>{share} among the first five</source>
        <translation>上位5つでは{share}</translation>
    </message>
    <message>
        <source>The network {name} is here now.</source>
        <extracomment>Id and name of some networks. list[tuple[str, str]]: id and name of the networks that are here, whenever they were read.</extracomment>
        <translation>認識モデル {name} を使えるようになりました。</translation>
    </message>
    <message>
        <source>The network {name} could not be fetched: {reason}</source>
        <translation>認識モデル {name} をダウンロードできませんでした：{reason}</translation>
    </message>
</context>
<context>
    <name>NetworksDialog</name>
    <message>
        <source>Networks</source>
        <extracomment>str: id of a network that photos are to be looked at with from now on. The user wants to train a network. list[KnownNetwork]: the catalogue, whenever it was read anew.</extracomment>
        <translation>認識モデル</translation>
    </message>
    <message>
        <source>Find a network</source>
        <translation>認識モデルを検索</translation>
    </message>
    <message>
        <source>No network has all these words.</source>
        <translation>すべての語を含む認識モデルはありません。</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>ファイルを追加…</translation>
    </message>
    <message>
        <source>Or drop it on this window: TFLite, Keras, SavedModel</source>
        <translation>このウィンドウにドロップすることもできます：TFLite、Keras、SavedModel</translation>
    </message>
    <message>
        <source>Compare on my photos…</source>
        <translation>自分の写真で比較…</translation>
    </message>
    <message>
        <source>Train your own…</source>
        <translation>独自に学習させる…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>{name} is in use. All photos are looked at anew in the background; tags that they have stay.</source>
        <translation>{name}を使用しています。すべての写真をバックグラウンドで解析し直します。付いているタグはそのまま残ります。</translation>
    </message>
    <message>
        <source>Weights of the network, as Keras keeps them</source>
        <translation>認識モデルの重み（Kerasの保存形式）</translation>
    </message>
    <message>
        <source>Weights ({patterns})</source>
        <translation>重み ({patterns})</translation>
    </message>
    <message>
        <source>Remove a network</source>
        <translation>認識モデルを削除</translation>
    </message>
    <message>
        <source>Remove “{name}” from this computer?</source>
        <translation>「{name}」をこのコンピューターから削除しますか？</translation>
    </message>
    <message>
        <source>Tags that it has given stay.</source>
        <translation>このモデルで付いたタグは残ります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Removed. Tags that it has given stay.</source>
        <translation>削除しました。このモデルで付いたタグは残ります。</translation>
    </message>
    <message>
        <source>{name} is here now.</source>
        <translation>{name}を使えるようになりました。</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>Tags: {}</source>
        <translation>タグ：{}</translation>
    </message>
    <message>
        <source>Suggested: {}</source>
        <translation>候補：{}</translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message>
        <source>Change many photos</source>
        <extracomment>So many photos are shown in the inspector card by card; more are taken together elsewhere. So many files can be dragged to another program at once. str: for the status bar. int: how many photos are selected. From so many photos on it asks before it changes them; 0 never asks. The photos of each action that is being carried out. Says how far it is; whoever shows that stops it.</extracomment>
        <translation>多くの写真の変更</translation>
    </message>
    <message numerus="yes">
        <source>This changes %n photo(s).</source>
        <translation>
            <numerusform>%n 枚の写真を変更します。</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>この操作は元に戻せます。</translation>
    </message>
    <message>
        <source>&amp;Change them</source>
        <translation>変更する(&amp;C)</translation>
    </message>
    <message>
        <source>Looking for photos that are nearly the same…</source>
        <translation>ほぼ同じ写真を検索しています…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>中止しました。</translation>
    </message>
    <message>
        <source>No two photos are nearly the same.</source>
        <translation>ほぼ同じ写真はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) of photos that are nearly the same</source>
        <translation>
            <numerusform>ほぼ同じ写真のグループ：%n 組</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoDelegate</name>
    <message>
        <source>{tag} {percent} %</source>
        <extracomment>Keys 1 to 9 accept a suggestion. between chips inside a chip, left and right of its text Captions that are kept: some screens full.</extracomment>
        <translation>{tag} {percent}%</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Large photo</source>
        <extracomment>What an arrow key moves a photo by that is larger than its area, as a share of the area. Space, Escape or the button: back to the grid. Tag: a suggestion was clicked.</extracomment>
        <translation>拡大写真</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>前の写真</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>次の写真</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>拡大率</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>写真全体を表示</translation>
    </message>
    <message>
        <source>Every pixel as it is</source>
        <translation>実際の大きさで表示</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Back to all photos</source>
        <translation>写真の一覧に戻る</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>この写真を表示できません</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
</context>
<context>
    <name>PlaceDialog</name>
    <message>
        <source>Merge tags</source>
        <translation>タグを統合</translation>
    </message>
    <message>
        <source>Merge {tags} into…</source>
        <translation>{tags}の統合先</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>統合</translation>
    </message>
    <message>
        <source>Move tags</source>
        <translation>タグを移動</translation>
    </message>
    <message>
        <source>Move {tags} below…</source>
        <translation>{tags}の移動先</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>タグを検索</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>To the &amp;top, below no other tag</source>
        <translation>最上位に移動(&amp;T)</translation>
    </message>
    <message>
        <source>Choose a tag.</source>
        <translation>タグを選択してください。</translation>
    </message>
    <message>
        <source>There already, so merged: {tags}</source>
        <translation>すでにあるため統合されます：{tags}</translation>
    </message>
</context>
<context>
    <name>Popup</name>
    <message>
        <source>What is wrong with the tag</source>
        <extracomment>Row: it was clicked.</extracomment>
        <translation>タグの問題点</translation>
    </message>
    <message>
        <source>Tags that fit</source>
        <translation>一致するタグ</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>In your library</source>
        <extracomment>PhotoId: the user wants to see an example.</extracomment>
        <translation>ライブラリでの結果</translation>
    </message>
    <message>
        <source>What it would change</source>
        <translation>変更の内容</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>More</source>
        <translation>増</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>減</translation>
    </message>
    <message>
        <source>Tags that change</source>
        <translation>変わるタグ</translation>
    </message>
    <message>
        <source>&amp;For example</source>
        <translation>例(&amp;F)</translation>
    </message>
    <message>
        <source>Examples of photos that change</source>
        <translation>変わる写真の例</translation>
    </message>
    <message>
        <source>Change a rule to see what it would do to your photos.</source>
        <translation>ルールを変更すると、写真への影響がここに表示されます。</translation>
    </message>
    <message>
        <source>Looking through your library…</source>
        <translation>ライブラリを調べています…</translation>
    </message>
    <message>
        <source>The network has looked at no photo yet.</source>
        <translation>解析済みの写真がまだありません。</translation>
    </message>
    <message>
        <source>No photo would get other suggestions.</source>
        <translation>候補が変わる写真はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of {all} would get other suggestions.</source>
        <translation>
            <numerusform>{all} 枚中 %n 枚の写真で候補が変わります。</numerusform>
        </translation>
    </message>
    <message>
        <source>What you have confirmed or rejected stays as it is.</source>
        <translation>確定または却下したものは変わりません。</translation>
    </message>
</context>
<context>
    <name>ProblemModel</name>
    <message>
        <source>File</source>
        <extracomment>int: how many files there are now. Answers the `Problem`, or None for a reason.</extracomment>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>{name} (trying again …)</source>
        <translation>{name}（再試行中…）</translation>
    </message>
    <message>
        <source>{reason} ({n})</source>
        <translation>{reason}（{n}）</translation>
    </message>
</context>
<context>
    <name>ProblemsDialog</name>
    <message>
        <source>What Went Wrong</source>
        <translation>問題の一覧</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Nothing went wrong.</source>
        <extracomment>list[PhotoId]: to be looked at again. list[Path]: to be added again; the library does not know them.</extracomment>
        <translation>問題はありません。</translation>
    </message>
    <message>
        <source>&amp;Try Again</source>
        <translation>再試行(&amp;T)</translation>
    </message>
    <message>
        <source>Try &amp;All Again</source>
        <translation>すべて再試行(&amp;A)</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>フォルダーを開く(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>問題の一覧</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be handled</source>
        <translation>
            <numerusform>%n 個のファイルを処理できませんでした</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Progress of the export</source>
        <extracomment>More than that nobody reads, and the window would stop while they are laid out. A space of no width.</extracomment>
        <translation>書き出しの進み具合</translation>
    </message>
    <message>
        <source>Exporting: {done} of {total} photos</source>
        <translation>書き出し中：{done} / {total} 枚</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename tag</source>
        <translation>タグの名前を変更</translation>
    </message>
    <message>
        <source>Rename “{tag}”</source>
        <translation>「{tag}」の名前を変更</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>新しい名前(&amp;N)</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新しい名前</translation>
    </message>
    <message>
        <source>“{tag}” is there already: the two become one.</source>
        <translation>「{tag}」はすでにあります。2つのタグは1つになります。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>統合</translation>
    </message>
    <message>
        <source>The slash becomes part of the name.</source>
        <translation>スラッシュは名前の一部になります。</translation>
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation>タグには名前が必要です。</translation>
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
    <name>ResultPage</name>
    <message>
        <source>What the validation photos show (rows), and what they were taken for:</source>
        <translation>検証用の写真の内容（行）と、判定の結果（列）：</translation>
    </message>
    <message>
        <source>“{name}” names {share} of the photos right that it has not learned</source>
        <translation>「{name}」は、学習していない写真の{share}を正しく判定します</translation>
    </message>
    <message numerus="yes">
        <source>Judged by %Ln validation photo(s), which it did not learn but which chose the best round.</source>
        <translation>
            <numerusform>検証用の写真 %Ln 枚で判定しました。学習には使っていませんが、最も良い回を選ぶのに使ったものです。</numerusform>
        </translation>
    </message>
    <message>
        <source>It takes every photo for one of its classes, whatever the photo shows. So it only suggests: a tag is written once you accept it.</source>
        <translation>写真の内容にかかわらず、どの写真もいずれかのクラスと判定します。そのため候補を示すだけで、タグは承認したときに書き込まれます。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止しました</translation>
    </message>
    <message>
        <source>Nothing was kept. Your photos are as they were.</source>
        <translation>何も保存していません。写真は元のままです。</translation>
    </message>
    <message>
        <source>The training has failed</source>
        <translation>学習に失敗しました</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Reviewed photos</source>
        <translation>確認した写真</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>スキップ(&amp;S)</translation>
    </message>
    <message>
        <source>Ask about this photo again at the end</source>
        <translation>この写真を最後にもう一度確認する</translation>
    </message>
    <message>
        <source>Skip this photo</source>
        <translation>この写真をスキップ</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>終了(&amp;D)</translation>
    </message>
    <message>
        <source>End the review; every answer so far is kept</source>
        <translation>確認を終了します。これまでの回答は保存されています</translation>
    </message>
    <message>
        <source>End the review</source>
        <translation>確認を終了</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>{n} of {total} reviewed</source>
        <translation>{total} 枚中 {n} 枚を確認</translation>
    </message>
    <message>
        <source>{n} left</source>
        <translation>残り {n} 枚</translation>
    </message>
    <message>
        <source>{n} skipped</source>
        <translation>{n} 枚をスキップ</translation>
    </message>
    <message numerus="yes">
        <source>All done: %n photo(s) reviewed</source>
        <translation>
            <numerusform>完了：%n 枚の写真を確認しました</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to review: no suggestion waits for an answer</source>
        <translation>確認する写真はありません。未回答の候補はありません</translation>
    </message>
</context>
<context>
    <name>RulesDelegate</name>
    <message>
        <source> %</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Suggested from, in percent</source>
        <translation>候補にする確度（パーセント）</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Further tags</source>
        <translation>追加のタグ</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Rules</source>
        <extracomment>Between a change and the look through the library, in milliseconds. The rules are others now: photos are to be judged anew. PhotoId: the user wants to see an example.</extracomment>
        <translation>ルール</translation>
    </message>
    <message>
        <source>The network knows a thousand words. The rules turn them into your tags: which tag a word becomes, and how certain the network must be.</source>
        <translation>認識モデルは1000の単語を知っています。どの単語をどのタグにするか、どれだけの確度が必要かをルールで決めます。</translation>
    </message>
    <message>
        <source>Find a tag or a word of the network</source>
        <translation>タグまたは認識モデルの単語を検索</translation>
    </message>
    <message>
        <source>Find a rule</source>
        <translation>ルールを検索</translation>
    </message>
    <message>
        <source>&amp;Use the program&apos;s rules again…</source>
        <translation>付属のルールに戻す(&amp;U)…</translation>
    </message>
    <message>
        <source>These are your own rules, in {path}. Comments in it stay.</source>
        <translation>これは{path}にある独自のルールです。ファイル内のコメントは残ります。</translation>
    </message>
    <message>
        <source>These are the program&apos;s rules. Once you save, you have rules of your own, in {path}, and changes that come with a new version do not reach them.</source>
        <translation>これは付属のルールです。保存すると{path}に独自のルールが作られ、新しいバージョンでの変更は反映されなくなります。</translation>
    </message>
    <message>
        <source>The rules cannot be read. Mend the file, or use the program&apos;s rules again.</source>
        <translation>ルールを読み込めません。ファイルを修正するか、付属のルールに戻してください。</translation>
    </message>
    <message>
        <source>Change a rule to see what it would do to your photos.</source>
        <translation>ルールを変更すると、写真への影響がここに表示されます。</translation>
    </message>
    <message>
        <source>Use the program&apos;s rules again?</source>
        <translation>付属のルールに戻しますか？</translation>
    </message>
    <message>
        <source>Your own rules are kept beside them, as rules.before.yml, in place of an older file of that name.</source>
        <translation>独自のルールはrules.before.ymlとして残ります。同じ名前の古いファイルは置き換えられます。</translation>
    </message>
    <message>
        <source>Use the program&apos;s rules</source>
        <translation>付属のルールを使う</translation>
    </message>
    <message>
        <source>&amp;Drop the change</source>
        <translation>変更を取り消す(&amp;D)</translation>
    </message>
</context>
<context>
    <name>RulesModel</name>
    <message>
        <source>“{name}” is the tag itself.</source>
        <extracomment>Something was changed. str: what was typed cannot be; empty once something else was.</extracomment>
        <translation>「{name}」はそのタグ自身です。</translation>
    </message>
    <message numerus="yes">
        <source>{word} and %n more</source>
        <translation>
            <numerusform>{word} ほか %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>変更前：{value}</translation>
    </message>
    <message>
        <source>The network says</source>
        <translation>モデルの単語</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Suggested from</source>
        <translation>候補にする確度</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>Further tags</source>
        <translation>追加のタグ</translation>
    </message>
    <message>
        <source>The network&apos;s own words that lead to the tag.</source>
        <translation>このタグにつながる認識モデルの単語です。</translation>
    </message>
    <message>
        <source>The tag with its place in the tree, as in Animal/Cat.</source>
        <translation>階層を含むタグです（例：動物/猫）。</translation>
    </message>
    <message>
        <source>The network&apos;s own score must be at least this; the certainty that you see is made from it and mostly higher. 100 % switches the rule off.</source>
        <translation>認識モデル自身のスコアがこの値以上のとき候補にします。表示される確度はスコアから求めたもので、多くの場合それより高くなります。100%にするとルールは無効になります。</translation>
    </message>
    <message>
        <source>Of a photo&apos;s suggestions, the higher comes first.</source>
        <translation>写真の候補のうち、値の大きいものが先になります。</translation>
    </message>
    <message>
        <source>More tags that come with it, with commas between them.</source>
        <translation>一緒に付くタグです。コンマで区切ります。</translation>
    </message>
</context>
<context>
    <name>RunningPage</name>
    <message>
        <source>Progress of the training</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Share of photos that are right, by round</source>
        <translation>回ごとの正解した写真の割合</translation>
    </message>
    <message>
        <source>How wrong it is (loss), by round</source>
        <translation>回ごとの誤りの大きさ（損失）</translation>
    </message>
    <message>
        <source>Some of your photos, and how they are changed by chance while it learns</source>
        <translation>写真の一部と、学習中にランダムに加えられる変化</translation>
    </message>
    <message>
        <source>First the photo, then as it is changed by chance while it is learned</source>
        <translation>最初が元の写真、続いて学習中にランダムに変化させたもの</translation>
    </message>
    <message>
        <source>Photos that are right</source>
        <translation>正解した写真</translation>
    </message>
    <message>
        <source>How wrong it is (loss)</source>
        <translation>誤りの大きさ（損失）</translation>
    </message>
    <message>
        <source>Training “{name}”</source>
        <translation>「{name}」の学習</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始しています…</translation>
    </message>
    <message>
        <source>Ending; the best so far is kept…</source>
        <translation>終了しています。これまでで最も良いものを残します…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>中止しています…</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>残り最大 {time}</translation>
    </message>
    <message>
        <source>at most {time} left of this part</source>
        <translation>この段階は残り最大 {time}</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Round {number}: {right} of the training photos and {validation} of the validation photos are right; loss {loss} and {validation_loss}.</source>
        <translation>{number}回目：正解は学習用の写真の{right}、検証用の写真の{validation}。損失は{loss}と{validation_loss}。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>読み込めない写真が %Ln 枚あり、除かれます。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedSearchList</name>
    <message>
        <source>Saved searches</source>
        <extracomment>str: this is to be searched for.</extracomment>
        <translation>保存した検索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <extracomment>Others, or under other names, than before.</extracomment>
        <translation>保存した検索</translation>
    </message>
    <message>
        <source>F2 renames, Delete forgets.</source>
        <translation>F2で名前を変更、Deleteで削除します。</translation>
    </message>
</context>
<context>
    <name>ScopeBar</name>
    <message>
        <source>&amp;Back to accuracy</source>
        <extracomment>Show all photos again. Back to the page that has asked for these photos.</extracomment>
        <translation>精度に戻る(&amp;B)</translation>
    </message>
    <message>
        <source>Show &amp;all photos</source>
        <translation>すべての写真を表示(&amp;A)</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search tags, names, folders, cameras</source>
        <extracomment>Milliseconds after the last key until what was typed is searched for; until a mistake in it is pointed out; and after a change of the library until it is asked what there is in it now. Query, or None for everything: this is to be shown. Enter or Escape was pressed in the field: back to the photos.</extracomment>
        <translation>タグ、名前、フォルダー、カメラを検索</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Saved and recent searches</source>
        <translation>保存した検索と最近の検索</translation>
    </message>
    <message>
        <source>Suggestions for the search</source>
        <translation>検索の候補</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>この検索を保存…</translation>
    </message>
    <message>
        <source>Forget the saved search “{name}”</source>
        <translation>保存した検索「{name}」を削除</translation>
    </message>
    <message>
        <source>No saved searches yet</source>
        <translation>保存した検索はまだありません</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近の検索</translation>
    </message>
    <message>
        <source>Edit saved searches…</source>
        <translation>保存した検索を編集…</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <extracomment>A number counts as meant when it has not changed for so long, in milliseconds. Preferences: the user has changed something. str: the name of an option of which the button was pressed.</extracomment>
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
        <translation>%</translation>
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
    <name>State</name>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>解析中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Has suggestions</source>
        <translation>候補あり</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>確定済み</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>タグなし</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Photos shown and selected</source>
        <extracomment>Fewer photos than this are changed before anybody has read that they are. Of what the user did, what is not done yet is not to be done. Photos are not to be compared any further.</extracomment>
        <translation>表示中および選択中の写真</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Photos still to be changed</source>
        <translation>変更待ちの写真</translation>
    </message>
    <message>
        <source>Share of the photos that are done</source>
        <translation>処理済みの写真の割合</translation>
    </message>
    <message>
        <source>Stop; the photos that are left keep waiting</source>
        <translation>中止します。残りの写真は待機中のままです</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Leave the other photos as they are; what has been changed can be undone</source>
        <translation>残りの写真はそのままにします。変更した分は元に戻せます</translation>
    </message>
    <message>
        <source>Stop changing photos</source>
        <translation>写真の変更を中止</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>比較の進行状況</translation>
    </message>
    <message>
        <source>Stop comparing photos</source>
        <translation>写真の比較を中止</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n photo(s)</source>
        <translation>
            <numerusform>%n 枚中 {shown} 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n 枚を選択</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) still to be changed</source>
        <translation>
            <numerusform>変更待ち %n 枚</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing photos: {percent} %</source>
        <translation>写真を比較しています: {percent}%</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 件の問題</numerusform>
        </translation>
    </message>
    <message>
        <source>Show what went wrong, and try again</source>
        <translation>問題の内容を表示して再試行</translation>
    </message>
    <message>
        <source>Learning anew from your answers…</source>
        <translation>これまでの回答から学習し直しています…</translation>
    </message>
    <message>
        <source>Learned anew: the suggestions for all photos are up to date.</source>
        <translation>学習し直しました。すべての写真の候補が最新になりました。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) done</source>
        <translation>
            <numerusform>%n 枚の写真を処理しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 枚は失敗</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking through folders…</source>
        <translation>フォルダーを調べています…</translation>
    </message>
    <message>
        <source>Looking once more: {done} of {total}</source>
        <translation>もう一度解析中：{done} / {total}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>{rate} photos a second</source>
        <translation>毎秒 {rate} 枚</translation>
    </message>
    <message>
        <source>still looking through folders</source>
        <translation>フォルダーを調査中</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>残り1分未満</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>残り約 %n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>残り約 %n 時間</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionRow</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>There are keys for as many suggestions.</extracomment>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept {tag}</source>
        <translation>{tag}を承認</translation>
    </message>
    <message>
        <source>Reject {tag}</source>
        <translation>{tag}を却下</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>却下</translation>
    </message>
    <message>
        <source>Accept (key {number})</source>
        <translation>承認（{number}キー）</translation>
    </message>
    <message>
        <source>Reject (Shift+{number})</source>
        <translation>却下（Shift+{number}）</translation>
    </message>
    <message>
        <source>{percent} certain</source>
        <translation>確度{percent}</translation>
    </message>
    <message>
        <source>On average {mean} certain, at most {highest}</source>
        <translation>確度は平均{mean}、最高{highest}</translation>
    </message>
    <message>
        <source>Show photos with {tag}</source>
        <translation>{tag}の写真を表示</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Accept all</source>
        <translation>すべて承認</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>すべて却下</translation>
    </message>
    <message>
        <source>Accept all that are shown (Enter)</source>
        <translation>表示中の候補をすべて承認（Enter）</translation>
    </message>
    <message>
        <source>Reject all that are shown</source>
        <translation>表示中の候補をすべて却下</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>候補</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>ほか %n 件を表示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SynonymsDialog</name>
    <message>
        <source>Synonyms</source>
        <extracomment>Tag, tuple[str, ...]: the user wants these.</extracomment>
        <translation>同義語</translation>
    </message>
    <message>
        <source>Other words for “{tag}”</source>
        <translation>「{tag}」の別の言い方</translation>
    </message>
    <message>
        <source>One on each line. You find the tag by any of them when you type or search; they are exported in keyword lists, and not written into photos.</source>
        <translation>1行に1つずつ入力します。入力や検索のとき、どの言葉からでもタグが見つかります。キーワード一覧には書き出されますが、写真には書き込まれません。</translation>
    </message>
    <message>
        <source>Kitty</source>
        <translation>ねこ</translation>
    </message>
    <message>
        <source>Synonyms, one on each line</source>
        <translation>同義語（1行に1つ）</translation>
    </message>
</context>
<context>
    <name>TagActions</name>
    <message>
        <source>Move {tag}</source>
        <extracomment>list[tuple[Tag, Tag]]: old and new tags of what was handed to the engine. str: something was done that shows nowhere else, for the status bar.</extracomment>
        <translation>{tag}を移動</translation>
    </message>
    <message>
        <source>Merge {tag}</source>
        <translation>{tag}を統合</translation>
    </message>
    <message>
        <source>Delete {tag}</source>
        <translation>{tag}を削除</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>Name, as in Animal/Cat</source>
        <translation>名前（例：動物/猫）</translation>
    </message>
    <message>
        <source>Name, below “{tag}”</source>
        <translation>「{tag}」の下のタグの名前</translation>
    </message>
    <message>
        <source>Add {tag}</source>
        <translation>{tag}を追加</translation>
    </message>
    <message>
        <source>Import a keyword list</source>
        <translation>キーワード一覧を読み込む</translation>
    </message>
    <message>
        <source>Keyword lists (*.txt);;All files (*)</source>
        <translation>キーワード一覧 (*.txt);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Export a keyword list</source>
        <translation>キーワード一覧を書き出す</translation>
    </message>
    <message>
        <source>Keywords.txt</source>
        <translation>キーワード.txt</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) imported.</source>
        <translation>
            <numerusform>%n 個のタグを読み込みました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) could not be taken over.</source>
        <translation>
            <numerusform>%n 行を読み込めませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {line}: {reason}</source>
        <translation>{line}行目：{reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) exported.</source>
        <translation>
            <numerusform>%n 個のタグを書き出しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keyword list</source>
        <translation>キーワード一覧</translation>
    </message>
    <message>
        <source>Rename {old} to {new}</source>
        <translation>{old}を{new}に変更</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add tags</source>
        <extracomment>Keys that the window&apos;s shortcuts are not to get while somebody types. The ways to come here after which tags are offered at once. Keys that go on to another photo while nothing is typed. Beside them may be pressed: Shift selects from here to there. list[Tag] The user has had enough of typing. QKeyEvent: a key for the photos.</extracomment>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>A tag cannot contain “{character}”: photo programs use it as a mark.</source>
        <translation>タグに「{character}」は使えません。写真ソフトが区切りとして使う文字です。</translation>
    </message>
    <message>
        <source>A tag cannot contain an invisible control character.</source>
        <translation>タグに目に見えない制御文字は使えません。</translation>
    </message>
    <message>
        <source>A name is missing before or after “/”, as in Animal/Cat.</source>
        <translation>「/」の前か後に名前がありません（例：動物/猫）。</translation>
    </message>
</context>
<context>
    <name>TagStrip</name>
    <message>
        <source>Tags of this photo</source>
        <extracomment>Suggestions that have a key. Lines, and what a name may take: the first with which all that have a key can be seen. Tag: somebody clicked on a suggestion.</extracomment>
        <translation>この写真のタグ</translation>
    </message>
    <message>
        <source>{key} {tag}, suggested, {percent} %</source>
        <translation>{key} {tag}、候補、{percent}%</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>+{n}</source>
        <translation>+{n}</translation>
    </message>
    <message>
        <source>No tags yet. Press T to type one.</source>
        <translation>タグはまだありません。Tキーで入力できます。</translation>
    </message>
    <message>
        <source>Enter accepts all</source>
        <translation>Enterですべて承認</translation>
    </message>
</context>
<context>
    <name>TagTreeModel</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <extracomment>core.tag.Tag photos that have it or one below it photos for which one of them is suggested the name and the synonyms list[PhotoId], Tag: photos were dropped onto a tag. list[Tag], Tag or None: tags were dropped onto another one, or beside all of them.</extracomment>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>suggested for %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真の候補</numerusform>
        </translation>
    </message>
    <message>
        <source>Also: {words}</source>
        <translation>別名：{words}</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag or one below it</source>
        <translation>
            <numerusform>このタグまたは下位のタグの写真：%n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with this very tag</source>
        <translation>
            <numerusform>そのうちこのタグの写真：%n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with this tag</source>
        <translation>
            <numerusform>このタグの写真：%n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suggested for %n photo(s)</source>
        <translation>
            <numerusform>候補になっている写真：%n 枚</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagTreePanel</name>
    <message>
        <source>Tags</source>
        <extracomment>The tree is read again at most this often, in milliseconds, and at most a quarter of the time. A tree with at most this many branches at the top shows what is below them at first. list[Tag]: show only photos with one of these tags, or a tag below; empty for all. str: show only &quot;review&quot;, &quot;untagged&quot; or &quot;failed&quot; photos, or &quot;all&quot;. str: something was done that shows nowhere else, for the status bar.</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>タグを検索</translation>
    </message>
    <message>
        <source>Your tags appear here as soon as photos have some.</source>
        <translation>写真にタグが付くと、ここに表示されます。</translation>
    </message>
    <message>
        <source>Photos by state</source>
        <translation>状態別の写真</translation>
    </message>
    <message>
        <source>Show &amp;photos</source>
        <translation>写真を表示(&amp;P)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>名前を変更(&amp;N)…</translation>
    </message>
    <message>
        <source>M&amp;ove to…</source>
        <translation>移動(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation>統合(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>削除(&amp;D)…</translation>
    </message>
    <message>
        <source>New &amp;tag…</source>
        <translation>新しいタグ(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Synonyms…</source>
        <translation>同義語(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>TagsPane</name>
    <message>
        <source>tags that are at least {n} % certain</source>
        <extracomment>From so many tags on, those that are never mixed up can be left out. Tag: the photos on which it was missed are wanted.</extracomment>
        <translation>確度{n}%以上のタグ</translation>
    </message>
    <message>
        <source>First answer is right</source>
        <translation>最初の答えが正解</translation>
    </message>
    <message>
        <source>The most certain tag of a photo is one of its own (top-1)</source>
        <translation>最も確度の高いタグが、その写真のタグの1つである割合（Top-1）</translation>
    </message>
    <message>
        <source>Right among the first 5</source>
        <translation>上位5つに正解</translation>
    </message>
    <message>
        <source>One of its own tags is among the five most certain (top-5)</source>
        <translation>確度の高い5つのタグの中に、その写真のタグがある割合（Top-5）</translation>
    </message>
    <message>
        <source>Right among the first 10</source>
        <translation>上位10に正解</translation>
    </message>
    <message>
        <source>The same for ten (top-10)</source>
        <translation>同じく10のタグの場合（Top-10）</translation>
    </message>
    <message>
        <source>Given tags are right</source>
        <translation>付けたタグが正解</translation>
    </message>
    <message>
        <source>Precision of {sure}</source>
        <translation>{sure}の適合率</translation>
    </message>
    <message>
        <source>Tags are found</source>
        <translation>タグの発見率</translation>
    </message>
    <message>
        <source>Recall of {sure}</source>
        <translation>{sure}の再現率</translation>
    </message>
    <message>
        <source>Find a tag</source>
        <translation>タグを検索</translation>
    </message>
    <message>
        <source>Figures by tag</source>
        <translation>タグ別の数値</translation>
    </message>
    <message>
        <source>Double-click a tag, or press Enter on it, to see the photos it was missed on.</source>
        <translation>タグをダブルクリックするかEnterキーを押すと、見逃した写真を表示します。</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Photos with the tag</source>
        <translation>このタグの写真</translation>
    </message>
    <message>
        <source>Right where given</source>
        <translation>付けたときの正解率</translation>
    </message>
    <message>
        <source>Precision: the share of the photos it was given to (at least {n} % certain) that have it</source>
        <translation>適合率：このタグを付けた写真（確度{n}%以上）のうち、実際にこのタグのものの割合</translation>
    </message>
    <message numerus="yes">
        <source>It was given to %n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真に付けました</numerusform>
        </translation>
    </message>
    <message>
        <source>Found</source>
        <translation>発見率</translation>
    </message>
    <message>
        <source>Recall: the share of the photos with the tag that it was given to</source>
        <translation>再現率：このタグの写真のうち、このタグを付けたものの割合</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>順位</translation>
    </message>
    <message>
        <source>Average precision: how far the photos with the tag stand above all others when sorted by certainty</source>
        <translation>平均適合率：確度の順に並べたとき、このタグの写真がほかの写真よりどれだけ上位に来るか</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <extracomment>Sort, bool: another order, and whether the last comes first. Grouping int: the size of the cells in pixels.</extracomment>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Folder and name</source>
        <translation>フォルダーと名前</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Date taken</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>Surest suggestion first</source>
        <translation>確かな候補の順</translation>
    </message>
    <message>
        <source>Most doubtful first</source>
        <translation>不確かな順</translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation>逆の順序</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>グループなし</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>フォルダー別</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>日付別</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ化</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>写真の大きさ</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Fewer than {number} photos: {names}. With more, it gets better.</source>
        <extracomment>More names than that are not read.</extracomment>
        <translation>写真が {number} 枚未満：{names}。増やすと良くなります。</translation>
    </message>
    <message>
        <source>{most} has {number} times as many photos as {least}. Rare classes count more in training, but more photos of them are better.</source>
        <translation>{most}の写真は{least}の{number}倍あります。少ないクラスは学習で重く扱われますが、写真を増やすほうが効果的です。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始しています…</translation>
    </message>
    <message>
        <source>Reading the photos</source>
        <translation>写真を読み込み中</translation>
    </message>
    <message>
        <source>Looking at the photos</source>
        <translation>写真を解析中</translation>
    </message>
    <message>
        <source>Packing it for tagging</source>
        <translation>タグ付け用に変換中</translation>
    </message>
    <message>
        <source>Checking it</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>Part 1 of 2: learning your classes</source>
        <translation>段階1/2：クラスを学習</translation>
    </message>
    <message>
        <source>Part 2 of 2: refining how it sees</source>
        <translation>段階2/2：見分け方を調整</translation>
    </message>
    <message>
        <source>Learning your classes</source>
        <translation>クラスを学習</translation>
    </message>
    <message>
        <source>{part}, round {round} of at most {rounds}</source>
        <translation>{part}、{round}回目（最大{rounds}回）</translation>
    </message>
    <message>
        <source>Packed into {size} MB. It gives the same first answer as the network that was trained for {agreement} of the validation photos; no certainty differs by more than {difference}.</source>
        <translation>{size} MBに圧縮しました。検証用の写真の{agreement}で、学習したモデルと最初の答えが一致します。確度の差は最大{difference}です。</translation>
    </message>
    <message>
        <source>Packed without making it smaller ({size} MB), as the small form was less often right. It gives the same first answer as the network that was trained for {agreement} of the validation photos; no certainty differs by more than {difference}.</source>
        <translation>小さくすると正解率が下がるため、圧縮せずに変換しました（{size} MB）。検証用の写真の{agreement}で、学習したモデルと最初の答えが一致します。確度の差は最大{difference}です。</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Train your own network</source>
        <extracomment>str: id of a network that photos are to be tagged with from now on. str: id of a network that is in the catalogue now.</extracomment>
        <translation>独自の認識モデルを学習させる</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習を開始</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>End the training and keep nothing</source>
        <translation>学習を終了し、何も残しません</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>終了して保存</translation>
    </message>
    <message>
        <source>End the training and keep the best network so far</source>
        <translation>学習を終了し、これまでで最も良いモデルを残します</translation>
    </message>
    <message>
        <source>Use this network now</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>You can go on working in the main window meanwhile.</source>
        <translation>その間もメインウィンドウで作業を続けられます。</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>学習を中止しますか？</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>学習した内容は残りません。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>中止して閉じる</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>Counting the photos…</source>
        <extracomment>Something was chosen, or the photos were counted.</extracomment>
        <translation>写真を数えています…</translation>
    </message>
    <message>
        <source>Choose another folder, or change this one.</source>
        <translation>別のフォルダーを選択するか、このフォルダーを変更してください。</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>先にフォルダーを選択してください。</translation>
    </message>
    <message>
        <source>Put the photos of each class into a folder of its own, such as “Rex” and “Bella”, and choose the folder that they are in. Or drop it here.</source>
        <translation>クラスごとの写真をそれぞれ別のフォルダー（「ポチ」や「タマ」など）に入れ、それらの入ったフォルダーを選択するか、ここにドロップしてください。</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>Classes and how many photos each has</source>
        <translation>クラスとその写真の数</translation>
    </message>
    <message>
        <source>Your photos</source>
        <translation>写真</translation>
    </message>
    <message>
        <source>A folder with a folder of photos for each class</source>
        <translation>クラスごとの写真フォルダーが入ったフォルダー</translation>
    </message>
    <message>
        <source>{classes}, {photos}</source>
        <translation>{classes}、{photos}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln class(es)</source>
        <translation>
            <numerusform>%Ln 個のクラス</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln 枚の写真</numerusform>
        </translation>
    </message>
    <message>
        <source>Refine the built-in network (recommended)</source>
        <translation>付属のモデルを調整する（推奨）</translation>
    </message>
    <message>
        <source>Small network from scratch</source>
        <translation>小さなモデルを一から作る</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>認識モデル</translation>
    </message>
    <message>
        <source>It has seen a million photos already, and learns to tell your classes apart. Right more often, and enough with 20 photos of each.</source>
        <translation>すでに100万枚の写真を見ており、クラスの見分け方だけを学びます。より正確で、写真は各クラス20枚で足ります。</translation>
    </message>
    <message>
        <source>It knows nothing but your photos. To see how learning works; it wants hundreds of photos of each class.</source>
        <translation>ここで選んだ写真だけを学びます。学習の仕組みを見るためのもので、各クラスに数百枚の写真が必要です。</translation>
    </message>
    <message>
        <source>Name of the network</source>
        <translation>モデルの名前</translation>
    </message>
    <message>
        <source>As the folder is called</source>
        <translation>フォルダーと同じ名前</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>オプション</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> ピクセル</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>元にするモデル</translation>
    </message>
    <message>
        <source>Size of the photos</source>
        <translation>写真の大きさ</translation>
    </message>
    <message>
        <source>At most so many rounds</source>
        <translation>最大の繰り返し回数</translation>
    </message>
    <message>
        <source>Photos at a time</source>
        <translation>一度に学習する枚数</translation>
    </message>
    <message>
        <source>Number for chance</source>
        <translation>乱数のシード</translation>
    </message>
    <message>
        <source>With the same number, the same photos are held back for judging.</source>
        <translation>同じ数値を使うと、同じ写真が検証用に取り分けられます。</translation>
    </message>
    <message>
        <source>Mirror photos by chance</source>
        <translation>写真をランダムに左右反転する</translation>
    </message>
    <message>
        <source>Turn them a little</source>
        <translation>少し回転させる</translation>
    </message>
    <message>
        <source>Make them a little larger or smaller</source>
        <translation>少し拡大または縮小する</translation>
    </message>
    <message>
        <source>Leave parts of the network out by chance</source>
        <translation>モデルの一部をランダムに省く</translation>
    </message>
    <message>
        <source>Chance keeps the network from learning photos by heart.</source>
        <translation>ランダムな変化により、モデルが写真を丸暗記するのを防ぎます。</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>Learned from %n example(s)</source>
        <translation>
            <numerusform>%n 個の例から学習</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of 5 stars</source>
        <translation>
            <numerusform>星5つのうち %n つ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>待機中 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being looked at</source>
        <translation>
            <numerusform>解析中 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>失敗 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to review</source>
        <translation>
            <numerusform>要確認 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tagged</source>
        <translation>
            <numerusform>タグ付き %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without tags</source>
        <translation>
            <numerusform>タグなし %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns the training photos by heart: validation has not improved for %n round(s) while training has. The best round is kept; more photos of each class would help.</source>
        <translation>
            <numerusform>学習用の写真を丸暗記しています。学習の結果は良くなりましたが、検証の結果は %n 回続けて良くなっていません。最も良かった回の結果を残します。各クラスの写真を増やすと効果があります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation has not improved for %n round(s), so this part has ended. What was best is kept.</source>
        <translation>
            <numerusform>検証の結果が %n 回続けて良くならなかったため、この段階を終了しました。最も良かったものを残します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are in no class, and are left out.</source>
        <translation>
            <numerusform>どのクラスにも入っていない写真が %n 枚あり、除かれます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n 個のクラス</numerusform>
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
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>also “{name}”</source>
        <translation>別名「{name}」</translation>
    </message>
</context>
<context>
    <name>_DropArea</name>
    <message>
        <source>Drop a folder with photos here</source>
        <translation>写真の入ったフォルダーをここにドロップしてください</translation>
    </message>
</context>
<context>
    <name>_Message</name>
    <message>
        <source>Mistake in the search</source>
        <extracomment>QueryError: its nearest word is meant.</extracomment>
        <translation>検索の誤り</translation>
    </message>
</context>
<context>
    <name>_Question</name>
    <message numerus="yes">
        <source>%n photo(s) have not been changed yet.</source>
        <extracomment>Fewer photos than this are written before anybody has read the question.</extracomment>
        <translation>
            <numerusform>まだ変更されていない写真が %n 枚あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>If you close now, they are changed at the next start. It remains one step: undoing it takes back all of it.</source>
        <translation>今閉じると、次回の起動時に変更されます。1つの操作のままなので、元に戻すとすべて取り消されます。</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>今すぐ閉じる</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>開いたままにする</translation>
    </message>
</context>
<context>
    <name>_Sentences</name>
    <message>
        <source>No photo has it.</source>
        <translation>このタグの付いた写真はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have one of them or one below.</source>
        <translation>
            <numerusform>%n 枚の写真に、これらのタグまたは下位のタグが付いています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) have this tag or one below it.</source>
        <translation>
            <numerusform>%n 枚の写真に、このタグまたは下位のタグが付いています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) below go along.</source>
        <translation>
            <numerusform>下位の %n 個のタグも対象になります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written.</source>
        <translation>
            <numerusform>%n 個のファイルに書き込みます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were only suggested and count as confirmed then.</source>
        <translation>
            <numerusform>そのうち %n 枚は候補のみでしたが、確定済みになります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n suggestion(s) get the new name.</source>
        <translation>
            <numerusform>%n 件の候補も新しい名前になります。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>also called {name}</source>
        <translation>別名：{name}</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 枚の写真</numerusform>
        </translation>
    </message>
</context>
</TS>
