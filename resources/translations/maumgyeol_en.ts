<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AboutDialog</name>
    <message>
        <source>마음결 정보</source>
        <translation>About Maumgyeol</translation>
    </message>
    <message>
        <source>마음결</source>
        <translation>Maumgyeol</translation>
    </message>
    <message>
        <source>버전 {version} · 모든 계산은 이 컴퓨터 안에서 이루어져요.</source>
        <translation>Version {version} · everything is computed on this computer.</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>프로그램</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>모델</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>버전 {version} · 허가 {licence} · {size:.1f} MB</source>
        <translation>Version {version} · licence {licence} · {size:.1f} MB</translation>
    </message>
    <message>
        <source># 마음결

한국어 글, 얼굴, 그림에서 마음을 읽는 데스크톱 스튜디오예요. 사진과 글은 이 컴퓨터를 떠나지 않아요.

마음결은 AGPL-3.0-or-later로 배포하는 자유 소프트웨어예요. 다음을 함께 써요: Qt와 PySide6 (LGPL-3.0), 나눔고딕 (OFL-1.1), MediaPipe (Apache-2.0), ONNX Runtime (MIT), CTranslate2 (MIT), scikit-learn (BSD-3-Clause), KoNLPy (GPL-3.0).

왼쪽에서 모델을 고르면 무엇으로 배웠고 얼마나 맞는지 볼 수 있어요.</source>
        <translation># Maumgyeol

A desktop studio that reads feeling from Korean text, faces and drawings. Your photos and texts never leave this computer.

Maumgyeol is free software under AGPL-3.0-or-later. It builds on Qt and PySide6 (LGPL-3.0), NanumGothic (OFL-1.1), MediaPipe (Apache-2.0), ONNX Runtime (MIT), CTranslate2 (MIT), scikit-learn (BSD-3-Clause) and KoNLPy (GPL-3.0).

Choose a model on the left to see what it learned from and how often it is right.</translation>
    </message>
</context>
<context>
    <name>AlbumFlow</name>
    <message>
        <source>사진을 여는 중…</source>
        <translation>Opening the photo…</translation>
    </message>
    <message>
        <source>댓글을 다시 쓰는 중…</source>
        <translation>Writing the comments again…</translation>
    </message>
</context>
<context>
    <name>AllCard</name>
    <message>
        <source>모든 세부 감정</source>
        <translation>All fine emotions</translation>
    </message>
</context>
<context>
    <name>AnalyseCard</name>
    <message>
        <source>영상 분석</source>
        <translation>Analyse a video</translation>
    </message>
    <message>
        <source>분석할 영상을 여기에 놓으세요</source>
        <translation>Drop a video to analyse here</translation>
    </message>
    <message>
        <source>영상은 이 컴퓨터를 떠나지 않고, 복사되지도 않아요</source>
        <translation>The video stays on this computer and is not copied</translation>
    </message>
    <message>
        <source>가장 빨라요. 깜빡임은 놓칠 수 있어요</source>
        <translation>Fastest; blinks may be missed</translation>
    </message>
    <message>
        <source>보통</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>깜빡임까지 꼼꼼히</source>
        <translation>Careful, with every blink</translation>
    </message>
    <message>
        <source>모두</source>
        <translation>All</translation>
    </message>
    <message>
        <source>모든 장면을 읽어요. 가장 오래 걸려요</source>
        <translation>Reads every frame; takes longest</translation>
    </message>
    <message>
        <source>1초에 읽을 장면</source>
        <translation>Frames read a second</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>댓글</source>
        <translation>Comments</translation>
    </message>
    <message>
        <source>다시 쓰기</source>
        <translation>Write again</translation>
    </message>
    <message>
        <source>아직 쓴 댓글이 없어요</source>
        <translation>No comments yet</translation>
    </message>
    <message>
        <source>사진을 놓거나 라벨을 더하면 바로 써요.</source>
        <translation>Drop a photo or add a label, and they are written at once.</translation>
    </message>
    <message>
        <source>상처가 될 수 있는 후보 {n}개는 뺐어요</source>
        <translation>{n} candidates that could hurt were left out</translation>
    </message>
    <message>
        <source>새로 쓸 말이 더 없어 {n}개는 다시 보여 드려요. 라벨을 더하면 더 써요</source>
        <translation>nothing new is left to write, so {n} are shown again; more labels give more</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>다르게 답해 줘</source>
        <translation>Answer differently</translation>
    </message>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>이렇게 답해 줘…</source>
        <translation>Answer like this…</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>주의</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>깜빡임</source>
        <translation>Blinks</translation>
    </message>
    <message>
        <source>화면에 없음</source>
        <translation>Not in view</translation>
    </message>
    <message>
        <source>화면을 봄</source>
        <translation>Looks at the screen</translation>
    </message>
    <message>
        <source>다른 데를 봄</source>
        <translation>Looks elsewhere</translation>
    </message>
</context>
<context>
    <name>ChatInput</name>
    <message>
        <source>할 말</source>
        <translation>What to say</translation>
    </message>
    <message>
        <source>보내기</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>그만두기</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>“{text}”에 앞으로 어떻게 답할까요?</source>
        <translation>How should “{text}” be answered from now on?</translation>
    </message>
    <message>
        <source>바라는 답을 써 주세요</source>
        <translation>Write the answer you would like</translation>
    </message>
    <message>
        <source>가르치기</source>
        <translation>Teach</translation>
    </message>
    <message>
        <source>하고 싶은 말을 쓰고 Enter를 눌러 주세요</source>
        <translation>Write what you like and press Enter</translation>
    </message>
</context>
<context>
    <name>ChatTab</name>
    <message>
        <source>대화</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>하루 이야기를 나눠요. 마음을 읽고, 비슷한 말의 답을 찾거나 하신 말씀을 되짚어요.</source>
        <translation>Talk about your day. It reads the feeling, finds answers to words like yours, or gives back what it heard.</translation>
    </message>
    <message>
        <source>새 대화</source>
        <translation>New chat</translation>
    </message>
    <message>
        <source>내보내기</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>가르친 답</source>
        <translation>Taught answers</translation>
    </message>
    <message>
        <source>대화.txt</source>
        <translation>chat.txt</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>다음부터 이렇게 답할게요.</source>
        <translation>I will answer like this from now on.</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>잊었어요: {text}</source>
        <translation>Forgotten: {text}</translation>
    </message>
    <message>
        <source>복사했어요.</source>
        <translation>Copied.</translation>
    </message>
</context>
<context>
    <name>CommentPanel</name>
    <message>
        <source>댓글 고치기</source>
        <translation>Edit the comment</translation>
    </message>
    <message>
        <source>댓글 복사</source>
        <translation>Copy comment</translation>
    </message>
    <message>
        <source>이 댓글 쓰기</source>
        <translation>Use this comment</translation>
    </message>
    <message>
        <source>복사하고, 이런 댓글을 앞에 두도록 배워요</source>
        <translation>Copies it, and learns to put such comments first</translation>
    </message>
    <message>
        <source>골랐어요</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>복사했어요</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>고쳤어요</source>
        <translation>Edited</translation>
    </message>
</context>
<context>
    <name>CommentsDesk</name>
    <message>
        <source>댓글을 복사했어요.</source>
        <translation>Comment copied.</translation>
    </message>
    <message>
        <source>이 댓글을 복사하고 골랐어요.</source>
        <translation>Comment copied and chosen.</translation>
    </message>
</context>
<context>
    <name>CommentsPage</name>
    <message>
        <source>SNS 댓글</source>
        <translation>Comments</translation>
    </message>
    <message>
        <source>사진을 놓으면 표정과 사물을 보고 댓글을 세 가지 써요.</source>
        <translation>Drop a photo: faces and objects are looked at and three comments written.</translation>
    </message>
    <message>
        <source>사진 열기</source>
        <translation>Open photo</translation>
    </message>
    <message>
        <source>찾기 설정</source>
        <translation>Detection settings</translation>
    </message>
</context>
<context>
    <name>CommentsTab</name>
    <message>
        <source>이 폴더에는 사진이 없어요.</source>
        <translation>There are no photos in this folder.</translation>
    </message>
    <message>
        <source>한 번에 {most}장까지 볼 수 있어서 {n}장은 넣지 않았어요.</source>
        <translation>At most {most} photos at a time; {n} were not added.</translation>
    </message>
    <message>
        <source>사진에서 아무것도 찾지 못해 두루 어울리는 댓글을 썼어요. 라벨을 직접 더하면 그에 맞게 써요.</source>
        <translation>Nothing was found in the photo, so the comments are general ones. Add labels yourself and they will be about those.</translation>
    </message>
    <message>
        <source>사진에서 쓸 만한 표정이나 사물을 찾지 못했어요. 라벨을 직접 더하면 그에 맞게 써요.</source>
        <translation>No expression or object to write about was found in the photo. Add labels yourself and comments will fit them.</translation>
    </message>
    <message>
        <source>사진 {n}장은 읽지 못했어요. 띠에서 빨간 이름을 눌러 까닭을 볼 수 있어요.</source>
        <translation>{n} photos could not be read. Press a red name in the strip to see why.</translation>
    </message>
    <message>
        <source>멈췄어요. 사진 {n}장이 남았어요.</source>
        <translation>Stopped. {n} photos are left.</translation>
    </message>
    <message>
        <source>이어서 보기</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>찾기 설정을 바꿨어요. 다른 사진 {n}장은 이전 설정의 결과예요.</source>
        <translation>The detection settings changed. {n} other photos still show results of the old ones.</translation>
    </message>
    <message>
        <source>모두 다시 보기</source>
        <translation>Look at all again</translation>
    </message>
    <message>
        <source>이 사진의 댓글을 새 말투로 써요. 다른 사진은 {n}장이에요.</source>
        <translation>This photo&apos;s comments are written in the new tone. There are {n} other photos.</translation>
    </message>
    <message>
        <source>모두 다시 쓰기</source>
        <translation>Write all again</translation>
    </message>
</context>
<context>
    <name>CorpusPanel</name>
    <message>
        <source>감성대화말뭉치를 여기에 놓으세요</source>
        <translation>Drop the emotional dialogue corpus here</translation>
    </message>
    <message>
        <source>AI Hub의 JSON, 감정 코드(E10~E69)나 이름이 든 CSV·TSV, 또는 그 폴더</source>
        <translation>AI Hub&apos;s JSON, a CSV or TSV with codes (E10 to E69) or names, or a folder of them</translation>
    </message>
    <message>
        <source>감정 말뭉치</source>
        <translation>Emotion corpora</translation>
    </message>
    <message>
        <source>가장 많은 감정 열 가지</source>
        <translation>The ten commonest emotions</translation>
    </message>
    <message>
        <source>라벨 표</source>
        <translation>Label table</translation>
    </message>
    <message>
        <source>표 저장</source>
        <translation>Save table</translation>
    </message>
    <message>
        <source>그림 저장</source>
        <translation>Save chart</translation>
    </message>
    <message>
        <source>파일 {files}개에서 감정 {total}개를 세었어요. {met}가지가 나와요.</source>
        <translation>Counted {total} emotions of {met} kinds in {files} files.</translation>
    </message>
    <message>
        <source>빈칸</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>모르는 라벨 {n}개는 세지 않았어요: {labels}</source>
        <translation>{n} unknown labels were left out: {labels}</translation>
    </message>
    <message>
        <source>읽지 못한 파일 {n}개</source>
        <translation>Files that could not be read: {n}</translation>
    </message>
    <message>
        <source>그리고 {n}개 더</source>
        <translation>and {n} more</translation>
    </message>
</context>
<context>
    <name>CorrectionBar</name>
    <message>
        <source>아니에요</source>
        <translation>That&apos;s wrong</translation>
    </message>
    <message>
        <source>답이 다른가요? 알려 주면 배워요.</source>
        <translation>Is the answer wrong? Say so and it will learn.</translation>
    </message>
    <message>
        <source>그럼 무엇인가요?</source>
        <translation>What is it, then?</translation>
    </message>
</context>
<context>
    <name>CorrectionsCard</name>
    <message>
        <source>아직 고친 답이 없어요</source>
        <translation>No corrections yet</translation>
    </message>
    <message>
        <source>결과가 틀렸을 때 그 탭에서 ‘아니에요’를 눌러 바른 답을 골라 주세요. {n}개가 모이면 다시 학습할 수 있어요.</source>
        <translation>When a result is wrong, press “That&apos;s wrong” in its tab and choose the right answer. With {n} of them you can retrain.</translation>
    </message>
    <message>
        <source>지우기</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>고친 답 {n}개</source>
        <translation>{n} corrections</translation>
    </message>
    <message>
        <source>배웠어요</source>
        <translation>learned</translation>
    </message>
    <message>
        <source>기다리는 중</source>
        <translation>waiting</translation>
    </message>
</context>
<context>
    <name>DetectPopup</name>
    <message>
        <source>사물을 찾는 모델</source>
        <translation>Model that finds objects</translation>
    </message>
    <message>
        <source>확신도</source>
        <translation>Confidence</translation>
    </message>
    <message>
        <source>겹침</source>
        <translation>Overlap</translation>
    </message>
    <message>
        <source>종류 찾기 (예: 고양이)</source>
        <translation>Find a class (for example cat)</translation>
    </message>
    <message>
        <source>모든 종류</source>
        <translation>All classes</translation>
    </message>
    <message>
        <source>처음대로</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>찾기 설정</source>
        <translation>Detection settings</translation>
    </message>
    <message>
        <source>이보다 확실한 것만 보여요</source>
        <translation>Only surer ones are shown</translation>
    </message>
    <message>
        <source>같은 종류가 이보다 겹치면 하나로 세요</source>
        <translation>Boxes of one class that overlap more count as one</translation>
    </message>
    <message>
        <source>흐린 모델은 도구 › 모델 관리에서 내려받을 수 있어요.</source>
        <translation>Models in grey can be downloaded in Tools › Models.</translation>
    </message>
    <message>
        <source>모든 종류를 찾아요</source>
        <translation>All classes are looked for</translation>
    </message>
    <message>
        <source>{n}가지만 찾기 · 모두</source>
        <translation>Only {n} classes · all</translation>
    </message>
</context>
<context>
    <name>DigitsTab</name>
    <message>
        <source>숫자</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>숫자를 하나 그리거나 사진을 열면 그리는 동안 바로 읽어요.</source>
        <translation>Draw a digit or open a picture: it is read as you draw.</translation>
    </message>
    <message>
        <source>사진 열기</source>
        <translation>Open photo</translation>
    </message>
    <message>
        <source>결과 저장</source>
        <translation>Save result</translation>
    </message>
    <message>
        <source>기록</source>
        <translation>History</translation>
    </message>
    <message>
        <source>숫자-{label}.png</source>
        <translation>digit-{label}.png</translation>
    </message>
    <message>
        <source>읽는 중이에요…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>그린 숫자</source>
        <translation>Drawn digit</translation>
    </message>
    <message>
        <source>{label} ({percent}) · {name}</source>
        <translation>{label} ({percent}) · {name}</translation>
    </message>
    <message>
        <source>{label}(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.</source>
        <translation>Corrected to {label}. Retrain in the Learning tab to learn it.</translation>
    </message>
    <message>
        <source>고친 답을 저장했어요.</source>
        <translation>The correction is stored.</translation>
    </message>
    <message>
        <source>답을 복사했어요.</source>
        <translation>Answer copied.</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>열기</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>폴더 열기</source>
        <translation>Open folder</translation>
    </message>
</context>
<context>
    <name>EmotionCard</name>
    <message>
        <source>글의 감정</source>
        <translation>Emotion of the text</translation>
    </message>
    <message>
        <source>글 감정에서 보기</source>
        <translation>See in Text emotion</translation>
    </message>
    <message>
        <source>짧은 대화체 글로 배운 일곱 감정이에요.</source>
        <translation>Seven emotions, learned from short spoken-style texts.</translation>
    </message>
</context>
<context>
    <name>EmotionsTab</name>
    <message>
        <source>글 감정</source>
        <translation>Text emotion</translation>
    </message>
    <message>
        <source>글에 담긴 감정을 바로 읽고, 말뭉치의 감정을 세어요.</source>
        <translation>Reads the feeling in a text, and counts those of a corpus.</translation>
    </message>
    <message>
        <source>파일 열기</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>폴더 열기</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>한 편</source>
        <translation>One text</translation>
    </message>
    <message>
        <source>분포</source>
        <translation>Distribution</translation>
    </message>
    <message>
        <source>감정을 세는 중이에요…</source>
        <translation>Counting emotions…</translation>
    </message>
    <message>
        <source>글-감정.json</source>
        <translation>text-emotion.json</translation>
    </message>
    <message>
        <source>{name}: 감정 {n}개, 가장 많은 것은 {emotion} {percent}</source>
        <translation>{name}: {n} emotions, most often {emotion}, {percent}</translation>
    </message>
    <message>
        <source>읽지 못한 파일이 {n}개 있어요. 까닭은 아래에 적었어요.</source>
        <translation>{n} files could not be read; the reasons are below.</translation>
    </message>
    <message>
        <source>감정-분포.csv</source>
        <translation>emotion-distribution.csv</translation>
    </message>
    <message>
        <source>감정-분포.png</source>
        <translation>emotion-distribution.png</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>저장하는 중이에요…</source>
        <translation>Saving…</translation>
    </message>
</context>
<context>
    <name>EventsCard</name>
    <message>
        <source>표시</source>
        <translation>Marks</translation>
    </message>
    <message>
        <source>표시 추가</source>
        <translation>Add a mark</translation>
    </message>
    <message>
        <source>지금 보는 때에 표시를 남겨요 (M 또는 두 번 누르기)</source>
        <translation>Marks the time you are looking at (M, or a double click)</translation>
    </message>
    <message>
        <source>색 바꾸기</source>
        <translation>Change colour</translation>
    </message>
    <message>
        <source>이름 바꾸기</source>
        <translation>Rename</translation>
    </message>
    <message>
        <source>표시 지우기</source>
        <translation>Delete the mark</translation>
    </message>
    <message>
        <source>아직 표시가 없어요. 표시를 남기면 그 사이를 구간으로 나누어 정리해요.</source>
        <translation>No marks yet. Marks part the session into segments, each summed up.</translation>
    </message>
    <message>
        <source>때</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>표시 {n}</source>
        <translation>Mark {n}</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>결과 저장</source>
        <translation>Save the result</translation>
    </message>
    <message>
        <source>내보내기</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>표로 (CSV)…</source>
        <translation>As a table (CSV)…</translation>
    </message>
    <message>
        <source>JSON으로…</source>
        <translation>As JSON…</translation>
    </message>
    <message>
        <source>표시한 사진 모두…</source>
        <translation>All annotated photos…</translation>
    </message>
    <message>
        <source>라벨</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>{stem}-댓글.{kind}</source>
        <translation>{stem}-comments.{kind}</translation>
    </message>
    <message>
        <source>앨범-댓글.{kind}</source>
        <translation>album-comments.{kind}</translation>
    </message>
    <message>
        <source>저장하는 중…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>표시한 사진 {n}장을 저장했어요.</source>
        <translation>{n} annotated photos saved.</translation>
    </message>
</context>
<context>
    <name>ExpressionCard</name>
    <message>
        <source>표정</source>
        <translation>Expression</translation>
    </message>
    <message>
        <source>간단한 규칙으로</source>
        <translation>by simple rules</translation>
    </message>
    <message>
        <source>학습한 모델 대신 눈·입·눈썹의 거리로 정한 규칙이 답해요.</source>
        <translation>Instead of the trained model, rules on the distances of eyes, mouth and brows answer.</translation>
    </message>
    <message>
        <source>아직 읽은 얼굴이 없어요</source>
        <translation>No face read yet</translation>
    </message>
    <message>
        <source>사진을 열거나 카메라를 시작하면 바로 읽어요.</source>
        <translation>Open a photo or start a camera, and it is read at once.</translation>
    </message>
    <message>
        <source>두드러진 움직임</source>
        <translation>Strongest movements</translation>
    </message>
    <message>
        <source>사람 {n}</source>
        <translation>Person {n}</translation>
    </message>
    <message>
        <source>얼굴 {n}</source>
        <translation>Face {n}</translation>
    </message>
</context>
<context>
    <name>FacesTab</name>
    <message>
        <source>표정</source>
        <translation>Faces</translation>
    </message>
    <message>
        <source>사진, 영상, 카메라에서 얼굴의 표정과 움직임을 읽어요.</source>
        <translation>Reads expression and movement of faces in photos, videos and the camera.</translation>
    </message>
    <message>
        <source>사진·영상 열기</source>
        <translation>Open photo or video</translation>
    </message>
    <message>
        <source>세션을 기록하는 중…</source>
        <translation>Recording a session…</translation>
    </message>
    <message>
        <source>카메라</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>연결하는 중…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>기록을 보고 있어요: {summary} (사진은 보관하지 않아요)</source>
        <translation>From the history: {summary} (photos are not kept)</translation>
    </message>
    <message>
        <source>고마워요. 학습 탭에서 다시 학습하면 이 얼굴을 배워요.</source>
        <translation>Thank you. Retrain in the Learning tab to learn this face.</translation>
    </message>
</context>
<context>
    <name>FilePanel</name>
    <message>
        <source>리뷰가 든 파일을 여기에 놓으세요</source>
        <translation>Drop a file with reviews here</translation>
    </message>
    <message>
        <source>CSV, TSV, TXT, XLSX, Parquet · 백만 줄도 읽고, 언제든 멈췄다가 이어서 읽어요</source>
        <translation>CSV, TSV, TXT, XLSX, Parquet · a million rows too; stop at any time and go on later</translation>
    </message>
    <message>
        <source>전에 읽다 만 파일이에요. 이어서 읽거나 처음부터 다시 읽을 수 있어요.</source>
        <translation>This file was read in part before. You can go on, or read it from the start again.</translation>
    </message>
    <message>
        <source>읽을 글이 든 열을 골라 주세요.</source>
        <translation>Choose the column that holds the texts.</translation>
    </message>
    <message>
        <source>큰 파일이에요. 어떻게 읽을지 보고 시작해 주세요.</source>
        <translation>This is a large file. Look at how it will be read, then start.</translation>
    </message>
    <message>
        <source>{name}을(를) 읽는 중이에요…</source>
        <translation>Reading {name}…</translation>
    </message>
    <message>
        <source>어느 열을 어떻게 읽을지 골라 주세요.</source>
        <translation>Choose which columns to read, and how.</translation>
    </message>
    <message>
        <source>{n}줄까지 읽고 멈췄어요</source>
        <translation>Stopped after {n} rows</translation>
    </message>
    <message>
        <source>저장해 두었으니 창을 닫아도 언제든 이어서 읽을 수 있어요.</source>
        <translation>What was read is kept: you can go on at any time, even after closing the window.</translation>
    </message>
</context>
<context>
    <name>FineCard</name>
    <message>
        <source>세부 감정</source>
        <translation>Fine emotions</translation>
    </message>
    <message>
        <source>모두 보기</source>
        <translation>Show all</translation>
    </message>
    <message>
        <source>글에 드러난 감정을 마흔세 가지에서 골라 보여 줘요.</source>
        <translation>Which of forty-three emotions the text shows.</translation>
    </message>
    <message>
        <source>하나하나 따로 재서, 모두 더해도 100%가 아니에요.</source>
        <translation>Each is measured on its own, so they do not add up to 100%.</translation>
    </message>
    <message>
        <source>뚜렷하게 드러난 세부 감정이 없어요.</source>
        <translation>No fine emotion stands out.</translation>
    </message>
    <message>
        <source>접기</source>
        <translation>Fold</translation>
    </message>
</context>
<context>
    <name>FoundView</name>
    <message>
        <source>시작</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>다른 자료</source>
        <translation>Other data</translation>
    </message>
    <message>
        <source>{name} · 사진 {n}장</source>
        <translation>{name} · {n} pictures</translation>
    </message>
    <message>
        <source>모르는 라벨: {names}.</source>
        <translation>Unknown labels: {names}.</translation>
    </message>
    <message>
        <source>사진이 아닌 파일 {n}개는 지나쳐요.</source>
        <translation>{n} files that are no pictures are passed over.</translation>
    </message>
    <message>
        <source>시작하면 사진을 하나씩 살펴보고, 배우지 않은 사진으로 시험한 결과를 보여 줘요. 그때까지 모델은 바뀌지 않아요.</source>
        <translation>Start looks at every picture and shows how the new model does on pictures that it did not learn. Nothing changes until then.</translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message>
        <source>묶음</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>글</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>긍정</source>
        <translation>Positive</translation>
    </message>
    <message>
        <source>부정</source>
        <translation>Negative</translation>
    </message>
    <message>
        <source>평균 별</source>
        <translation>Mean stars</translation>
    </message>
    <message>
        <source>나뉨</source>
        <translation>Split</translation>
    </message>
    <message>
        <source>{name}: 글 {n}개, 긍정 {positive}, 부정 {negative}, 평균 {stars}</source>
        <translation>{name}: {n} texts, {positive} positive, {negative} negative, mean {stars}</translation>
    </message>
</context>
<context>
    <name>GroupsPage</name>
    <message>
        <source>묶음마다</source>
        <translation>By group</translation>
    </message>
    <message>
        <source>묶음 열이 없어요</source>
        <translation>No column of groups</translation>
    </message>
    <message>
        <source>‘열 고르기’에서 상품이나 지점처럼 견줄 열을 고르면 하나씩 견주어 드려요.</source>
        <translation>Under ‘Columns’, choose one to compare by, such as the product or the branch.</translation>
    </message>
</context>
<context>
    <name>Hashtags</name>
    <message>
        <source>해시태그를 누르면 댓글 뒤에 붙어요</source>
        <translation>Press a hashtag to append it to the comment</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>모두</source>
        <translation>All</translation>
    </message>
    <message>
        <source>기록에서 찾기</source>
        <translation>Find in the history</translation>
    </message>
    <message>
        <source>새 결과를 기록에 남기기</source>
        <translation>Keep new results in the history</translation>
    </message>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>지우기</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>모두 지우기</source>
        <translation>Delete all</translation>
    </message>
    <message>
        <source>기록</source>
        <translation>History</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>모든 탭의 기록을 지울까요? 되돌릴 수 없어요.</source>
        <translation>Delete the history of all tabs? This cannot be undone.</translation>
    </message>
    <message>
        <source>아직 기록이 없어요.</source>
        <translation>Nothing here yet.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>취소</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>멈추는 중이에요…</source>
        <translation>Stopping…</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>결과 저장</source>
        <translation>Save result</translation>
    </message>
    <message>
        <source>사진과 결과를 복사했어요.</source>
        <translation>Picture and result copied.</translation>
    </message>
    <message>
        <source>{stem}-표정.png</source>
        <translation>{stem}-faces.png</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
</context>
<context>
    <name>LabelModel</name>
    <message>
        <source>코드</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>감정</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>대분류</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>개수</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>비율</source>
        <translation>Share</translation>
    </message>
</context>
<context>
    <name>LabelledCard</name>
    <message>
        <source>사진 폴더로 가르치기</source>
        <translation>Teach with a folder of pictures</translation>
    </message>
    <message>
        <source>라벨이 붙은 사진을 여기에 놓으세요</source>
        <translation>Drop labelled pictures here</translation>
    </message>
    <message>
        <source>표</source>
        <translation>Table</translation>
    </message>
    <message>
        <source>CSV(image_path,label) 하나나, 표정마다 폴더를 둔 폴더 하나: 행복, 슬픔, 분노, 공포, 놀람, 혐오, 중립 (happy, sad … 도 돼요). 사진은 복사하지 않아요.</source>
        <translation>One CSV (image_path,label), or one folder with a folder for each expression: happy, sad, angry, fear, surprise, disgust, neutral. Pictures are not copied.</translation>
    </message>
    <message>
        <source>CSV(image_path,label) 하나나, 숫자마다 폴더(0~9)를 둔 폴더 하나. 그림은 복사하지 않아요.</source>
        <translation>One CSV (image_path,label), or one folder with a folder for each digit (0 to 9). Pictures are not copied.</translation>
    </message>
    <message>
        <source>CSV 파일이나 폴더를 하나만 놓아 주세요.</source>
        <translation>Drop one CSV file or one folder.</translation>
    </message>
    <message>
        <source>사진을 찾는 중이에요.</source>
        <translation>Looking for pictures.</translation>
    </message>
    <message>
        <source>사진을 살펴보는 중이에요.</source>
        <translation>Looking at the pictures.</translation>
    </message>
    <message>
        <source>새 모델을 저장하는 중이에요.</source>
        <translation>Saving the new model.</translation>
    </message>
    <message>
        <source>사진 {n}장을 배운 개인 {v}이(가) 이제 답해요. 언제든 되돌릴 수 있어요.</source>
        <translation>Personal {v}, taught with {n} pictures, answers now. You can undo it at any time.</translation>
    </message>
    <message>
        <source>보고서를 쓰는 중이에요.</source>
        <translation>Writing the report.</translation>
    </message>
    <message>
        <source>보고서를 저장했어요: {name}</source>
        <translation>Report saved: {name}</translation>
    </message>
    <message>
        <source>멈췄어요. 살펴본 사진은 기억해 두어서, 다시 시작하면 이어서 해요.</source>
        <translation>Stopped. The pictures seen so far are remembered; starting again goes on from there.</translation>
    </message>
</context>
<context>
    <name>LabelledCards</name>
    <message>
        <source>사진으로 가르치기</source>
        <translation>Teach with pictures</translation>
    </message>
</context>
<context>
    <name>LabelsCard</name>
    <message>
        <source>라벨</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>사진을 열면 찾은 것이 나타나요. 사진 없이 직접 더해도 돼요.</source>
        <translation>What is found in a photo appears here. You can add labels without a photo, too.</translation>
    </message>
    <message>
        <source>눌러서 빼거나 다시 넣어요</source>
        <translation>Press to leave out or put back</translation>
    </message>
    <message>
        <source>라벨 더하기 (예: 기쁨, 바다)</source>
        <translation>Add labels (e.g. joy, tree)</translation>
    </message>
    <message>
        <source>더할 라벨</source>
        <translation>Labels to add</translation>
    </message>
    <message>
        <source>더하기</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>뺀 라벨: {labels} — {reason}</source>
        <translation>Left out: {labels} — {reason}</translation>
    </message>
    <message>
        <source>접기</source>
        <translation>Fold</translation>
    </message>
    <message>
        <source>{n}개 더 보기</source>
        <translation>Show {n} more</translation>
    </message>
    <message>
        <source>파일의 라벨과 견주기</source>
        <translation>Compared with the file&apos;s labels</translation>
    </message>
    <message>
        <source>라벨이 있는 줄이 아직 없어요.</source>
        <translation>No row with a label yet.</translation>
    </message>
    <message>
        <source>라벨이 긍정이나 부정인 {n}줄에서 {share}가 같은 쪽이에요.</source>
        <translation>{share} agree among {n} rows labelled positive or negative.</translation>
    </message>
    <message>
        <source>라벨이 빈 {n}줄은 견주지 않았어요.</source>
        <translation>{n} rows without a label were left out.</translation>
    </message>
    <message>
        <source>뜻을 모르는 라벨 {n}줄도 뺐어요: {examples}</source>
        <translation>So were {n} rows whose label means nothing known: {examples}</translation>
    </message>
</context>
<context>
    <name>LayersButton</name>
    <message>
        <source>겹쳐 보기</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>사진 위에 무엇을 그릴지 골라요</source>
        <translation>Choose what is drawn over the picture</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>색</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>머리 오른쪽 x</source>
        <translation>Head&apos;s right x</translation>
    </message>
    <message>
        <source>머리 위 y</source>
        <translation>Head&apos;s top y</translation>
    </message>
    <message>
        <source>머리 앞 z</source>
        <translation>Head&apos;s front z</translation>
    </message>
    <message>
        <source>시선과 홍채</source>
        <translation>Gaze and irises</translation>
    </message>
</context>
<context>
    <name>LearningTab</name>
    <message>
        <source>학습</source>
        <translation>Learning</translation>
    </message>
    <message>
        <source>고친 답이나 사진으로 모델을 다시 가르쳐요. 나아졌을 때만 바꾸고, 언제든 되돌려요.</source>
        <translation>Teach the models with your corrections or pictures. They change only for the better, and you can always undo.</translation>
    </message>
    <message>
        <source>모델 보고서…</source>
        <translation>Model report…</translation>
    </message>
    <message>
        <source>저장된 학습 결과를 읽을 수 없어요.</source>
        <translation>The stored learning results cannot be read.</translation>
    </message>
    <message>
        <source>기본 모델로 되돌리기</source>
        <translation>Back to the shipped model</translation>
    </message>
    <message>
        <source>없는 모델</source>
        <translation>missing model</translation>
    </message>
    <message>
        <source>고친 답이 {need}개 이상이면 다시 학습할 수 있어요 (지금 {n}개).</source>
        <translation>With {need} corrections or more you can retrain (now {n}).</translation>
    </message>
    <message>
        <source>아직 배우지 않은 고친 답이 {n}개 있어요.</source>
        <translation>{n} corrections have not been learned yet.</translation>
    </message>
    <message>
        <source>고친 답을 모두 배웠어요.</source>
        <translation>All corrections have been learned.</translation>
    </message>
    <message>
        <source>이제 {name}이(가) 답해요.</source>
        <translation>{name} answers from now on.</translation>
    </message>
    <message>
        <source>기본 모델</source>
        <translation>shipped model</translation>
    </message>
    <message>
        <source>{name}: 다시 학습하는 중…</source>
        <translation>{name}: retraining…</translation>
    </message>
    <message>
        <source>학습을 멈췄어요. 쓰던 모델이 그대로 답해요.</source>
        <translation>Training was stopped. The model in use stays.</translation>
    </message>
</context>
<context>
    <name>LeftOutList</name>
    <message>
        <source>빼는 사진 {n}장: {kinds}</source>
        <translation>{n} pictures left out: {kinds}</translation>
    </message>
    <message>
        <source>… 밖에 {n}장. 모두는 저장한 보고서(CSV)에 있어요.</source>
        <translation>… and {n} more. All of them are in the saved report (CSV).</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>누구의 시간 흐름인지</source>
        <translation>Whose timeline</translation>
    </message>
    <message>
        <source>이 세션에는 얼굴이 나오지 않아요.</source>
        <translation>There is no face in this session.</translation>
    </message>
    <message>
        <source>사람 {n}</source>
        <translation>Person {n}</translation>
    </message>
</context>
<context>
    <name>LiveCard</name>
    <message>
        <source>눈과 주의</source>
        <translation>Eyes and attention</translation>
    </message>
    <message>
        <source>기준 얼굴 맞추기</source>
        <translation>Set the neutral face</translation>
    </message>
    <message>
        <source>10초 동안 편안한 얼굴을 보고, 표정·눈·시선을 그 얼굴과 견주어 읽어요.</source>
        <translation>Looks at your relaxed face for 10 seconds and reads expression, eyes and gaze against it.</translation>
    </message>
    <message>
        <source>기준 쓰기</source>
        <translation>Use it</translation>
    </message>
    <message>
        <source>기준 얼굴 지우기</source>
        <translation>Forget the neutral face</translation>
    </message>
    <message>
        <source>PERCLOS: 최근 1분 가운데 눈이 80% 넘게 감겨 있던 시간. 참고로만 보세요.</source>
        <translation>PERCLOS: share of the last minute with the eyes more than 80% closed. A hint only.</translation>
    </message>
    <message>
        <source>다시 맞추기</source>
        <translation>Set it again</translation>
    </message>
    <message>
        <source>편안한 얼굴로 앞을 봐요… {n}초</source>
        <translation>Look ahead, relaxed… {n} s</translation>
    </message>
</context>
<context>
    <name>LiveSide</name>
    <message>
        <source>표정 모델이 바뀌었어요. 기준 얼굴을 다시 맞추면 표정도 견주어 읽어요.</source>
        <translation>The expression model has changed. Set the neutral face again to read expressions against it, too.</translation>
    </message>
    <message>
        <source>{n}초째 새 화면이 오지 않아요. 카메라나 네트워크 연결을 확인해 주세요.</source>
        <translation>No new picture for {n} s. Check the camera or the network.</translation>
    </message>
    <message>
        <source>화면이 {n}초 멈췄다가 다시 이어져요.</source>
        <translation>The picture stood still for {n} s and goes on again.</translation>
    </message>
    <message>
        <source>화면 크기가 {old}에서 {new}로 바뀌었어요. 계속 읽고 있어요.</source>
        <translation>The picture&apos;s size changed from {old} to {new}. Reading goes on.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>영상이 끝났어요.</source>
        <translation>The video has ended.</translation>
    </message>
    <message>
        <source>다시 보기</source>
        <translation>Play again</translation>
    </message>
    <message>
        <source>다른 화면으로 가서 카메라와 영상을 멈췄어요.</source>
        <translation>Camera and video were stopped because you went to another page.</translation>
    </message>
    <message>
        <source>다시 시작</source>
        <translation>Start again</translation>
    </message>
    <message>
        <source>얼굴이 보이지 않아요. 카메라 앞에 앉은 뒤 다시 눌러 주세요.</source>
        <translation>No face to be seen. Sit in front of the camera and press again.</translation>
    </message>
    <message>
        <source>기준 얼굴을 맞췄어요. 이제 이 얼굴과 견주어 읽어요.</source>
        <translation>The neutral face is set. Faces are read against it now.</translation>
    </message>
    <message>
        <source>기준 얼굴을 지웠어요.</source>
        <translation>The neutral face is forgotten.</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>로그</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>아직 아무것도 적히지 않았어요.</source>
        <translation>Nothing has been written yet.</translation>
    </message>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>폴더 열기</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>마음결</source>
        <translation>Maumgyeol</translation>
    </message>
    <message>
        <source>모든 계산은 이 컴퓨터 안에서</source>
        <translation>Everything stays on this computer</translation>
    </message>
    <message>
        <source>모두</source>
        <translation>All</translation>
    </message>
    <message>
        <source>열 수 없는 종류의 파일이에요: {names}</source>
        <translation>This kind of file cannot be opened: {names}</translation>
    </message>
    <message>
        <source>글자 크기 {n}%</source>
        <translation>Text size {n}%</translation>
    </message>
    <message>
        <source>언어</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>아직 하고 있는 일이 있어요.
{work}
멈출까요? 여기까지 저장된 것만 남아요.</source>
        <translation>Work is still going on.
{work}
Stop it? Only what has been saved so far is kept.</translation>
    </message>
    <message>
        <source>데이터 폴더: {folder}</source>
        <translation>Data folder: {folder}</translation>
    </message>
    <message>
        <source>로그 열기</source>
        <translation>Open log</translation>
    </message>
    <message>
        <source>끝내기</source>
        <translation>Quit</translation>
    </message>
</context>
<context>
    <name>MeasuresCard</name>
    <message>
        <source>측정값</source>
        <translation>Measures</translation>
    </message>
    <message>
        <source>부위</source>
        <translation>Regions</translation>
    </message>
    <message>
        <source>움직임</source>
        <translation>Moves</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>파일</source>
        <translation>File</translation>
    </message>
    <message>
        <source>보기</source>
        <translation>View</translation>
    </message>
    <message>
        <source>도구</source>
        <translation>Tools</translation>
    </message>
    <message>
        <source>언어</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>도움말</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>열기…</source>
        <translation>Open…</translation>
    </message>
    <message>
        <source>결과 저장…</source>
        <translation>Save result…</translation>
    </message>
    <message>
        <source>끝내기</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>기록</source>
        <translation>History</translation>
    </message>
    <message>
        <source>시스템 설정대로</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>밝게</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>어둡게</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>테마</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>글자 크기</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>크게</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>작게</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>원래대로</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>모델 보고서…</source>
        <translation>Model report…</translation>
    </message>
    <message>
        <source>모델 관리…</source>
        <translation>Models…</translation>
    </message>
    <message>
        <source>로그 열기</source>
        <translation>Open log</translation>
    </message>
    <message>
        <source>데이터 폴더 열기</source>
        <translation>Open data folder</translation>
    </message>
    <message>
        <source>마음결 정보</source>
        <translation>About Maumgyeol</translation>
    </message>
</context>
<context>
    <name>ModeChoice</name>
    <message>
        <source>정밀</source>
        <translation>Precise</translation>
    </message>
    <message>
        <source>문장을 통째로 읽는 인코더와 함께 판단해요</source>
        <translation>Judges with the encoder, which reads whole sentences</translation>
    </message>
    <message>
        <source>빠름</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>글자 조각만 보는 가벼운 모델로 판단해요</source>
        <translation>Judges with the light model, which sees character pieces only</translation>
    </message>
    <message>
        <source>문장을 통째로 읽어서 더 잘 맞혀요.</source>
        <translation>Reads whole sentences and is right more often.</translation>
    </message>
    <message>
        <source>글자 조각만 보고 훨씬 빨리 읽지만, 부정과 반어를 더 자주 놓쳐요.</source>
        <translation>Looks at pieces of letters only: much faster, but misses negation and irony more often.</translation>
    </message>
    <message>
        <source>이 컴퓨터에서 얼마나 걸리는지 재고 있어요.</source>
        <translation>Measuring how long it takes on this computer.</translation>
    </message>
    <message>
        <source>이 컴퓨터에서 1초에 약 {n}줄을 읽어요.</source>
        <translation>About {n} rows a second on this computer.</translation>
    </message>
    <message>
        <source>이 컴퓨터에서 1초에 약 {n}줄, 이 파일은 {time}쯤 걸려요.</source>
        <translation>About {n} rows a second on this computer: some {time} for this file.</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>확인</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>받기</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>멈춤</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>지우기</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>기록 지우기</source>
        <translation>Forget the record</translation>
    </message>
    <message>
        <source>처음 받은 파일의 체크섬을 잊어요. 서버의 파일이 바뀐 것이 맞을 때만 쓰세요.</source>
        <translation>Forgets the checksum of the first download. Only for when the server&apos;s file has rightly changed.</translation>
    </message>
    <message>
        <source>버전</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>허가</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>크기</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>위치</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>이 모델에는 카드가 없어요.</source>
        <translation>This model has no card.</translation>
    </message>
    <message>
        <source>약 {size} (받기를 누르면 서버에 물어봐요)</source>
        <translation>About {size} (Download asks the server first)</translation>
    </message>
    <message>
        <source>처음 받을 때 적어 두어요</source>
        <translation>Recorded at the first download</translation>
    </message>
    <message>
        <source>파일마다 하나씩 (manifest.toml)</source>
        <translation>One a file (manifest.toml)</translation>
    </message>
    <message>
        <source>{size} MB까지 받았어요</source>
        <translation>{size} MB so far</translation>
    </message>
    <message>
        <source>아직 받지 않았어요</source>
        <translation>Not downloaded yet</translation>
    </message>
    <message>
        <source>파일이 없어요</source>
        <translation>The file is missing</translation>
    </message>
    <message>
        <source>있어요 · 불러올 때마다 체크섬을 확인해요</source>
        <translation>Present · the checksum is checked at every load</translation>
    </message>
    <message>
        <source>{time}에 확인했어요 · 이상 없음</source>
        <translation>Checked at {time} · all right</translation>
    </message>
    <message>
        <source>이어 받기</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>모델</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>들어 있는 모델</source>
        <translation>Included models</translation>
    </message>
    <message>
        <source>받을 수 있는 모델</source>
        <translation>Optional downloads</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>모델 관리</source>
        <translation>Models</translation>
    </message>
    <message>
        <source>모든 계산은 이 컴퓨터에서 해요. 인터넷은 받기를 눌렀을 때만, 그 파일을 받는 데만 써요.</source>
        <translation>Everything is computed on this computer. The internet is used only when you press Download, and only for that file.</translation>
    </message>
    <message>
        <source>모두 확인</source>
        <translation>Check all</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>지금 하는 일이 끝난 뒤에 다시 눌러 주세요.</source>
        <translation>Press again when the present task is done.</translation>
    </message>
    <message>
        <source>멈췄어요. 이어 받기를 누르면 여기서부터 받아요.</source>
        <translation>Stopped. Go on continues from here.</translation>
    </message>
    <message>
        <source>멈췄어요.</source>
        <translation>Stopped.</translation>
    </message>
    <message>
        <source>멈추는 중이에요…</source>
        <translation>Stopping…</translation>
    </message>
    <message>
        <source>{host}에 크기를 물어보는 중…</source>
        <translation>Asking {host} for the size…</translation>
    </message>
    <message>
        <source>알 수 없음</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>{file}의 크기는 {size}예요. {host}에서 받을까요?</source>
        <translation>{file} has {size}. Download it from {host}?</translation>
    </message>
    <message>
        <source>이 서버에서는 멈추면 처음부터 다시 받아야 해요.</source>
        <translation>This server cannot go on: if stopped, the download begins anew.</translation>
    </message>
    <message>
        <source>받기 시작</source>
        <translation>Start the download</translation>
    </message>
    <message>
        <source>{file} 파일을 받는 중…</source>
        <translation>Downloading {file}…</translation>
    </message>
    <message>
        <source>{name} 모델을 받았어요.</source>
        <translation>The model {name} has arrived.</translation>
    </message>
    <message>
        <source>{name} 모델을 받았어요. 사진 탭의 사물 설정에서 고를 수 있어요.</source>
        <translation>{name} is here. Choose it in the detection settings of the comments tab.</translation>
    </message>
    <message>
        <source>기록을 지웠어요.</source>
        <translation>Record forgotten.</translation>
    </message>
    <message>
        <source>파일을 지웠어요.</source>
        <translation>File deleted.</translation>
    </message>
    <message>
        <source>체크섬을 확인하는 중…</source>
        <translation>Checking checksums…</translation>
    </message>
    <message>
        <source>모델 {n}개를 확인했어요. 이상이 없어요.</source>
        <translation>{n} models checked. All right.</translation>
    </message>
</context>
<context>
    <name>MosaicMode</name>
    <message>
        <source>읽기</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>표정과 움직임을 읽어요</source>
        <translation>Read expressions and movements</translation>
    </message>
    <message>
        <source>세션</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>시간에 따른 기록을 보고, 영상을 분석해요</source>
        <translation>Look at recordings over time, and analyse videos</translation>
    </message>
    <message>
        <source>가리기</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>사진, 폴더, 영상의 얼굴을 가려요</source>
        <translation>Hide the faces of photos, folders and videos</translation>
    </message>
</context>
<context>
    <name>MosaicPanel</name>
    <message>
        <source>{name}-가림</source>
        <translation>{name}-hidden</translation>
    </message>
    <message>
        <source>사진</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>미리보기</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>가릴 사진, 영상, 폴더를 여기에 놓으세요</source>
        <translation>Drop photos, videos or folders here</translation>
    </message>
    <message>
        <source>모든 얼굴을 찾아 가린 사본을 만들어요 · 원본은 그대로 있어요</source>
        <translation>Makes copies with every face hidden · originals stay as they are</translation>
    </message>
    <message>
        <source>원본 보기</source>
        <translation>Show original</translation>
    </message>
    <message>
        <source>다른 파일</source>
        <translation>Another file</translation>
    </message>
    <message>
        <source>폴더</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>얼굴을 찾는 중…</source>
        <translation>Looking for faces…</translation>
    </message>
    <message>
        <source>얼굴 {n}</source>
        <translation>Face {n}</translation>
    </message>
    <message>
        <source>모두 사진 {p}장, 영상 {v}개</source>
        <translation>{p} photos and {v} videos in all</translation>
    </message>
    <message>
        <source>열 수 없음 {n}</source>
        <translation>{n} not readable</translation>
    </message>
    <message>
        <source>얼굴을 가리는 중…</source>
        <translation>Hiding faces…</translation>
    </message>
    <message>
        <source>파일 {n}개의 얼굴을 가렸어요.</source>
        <translation>The faces of {n} files are hidden.</translation>
    </message>
    <message>
        <source>{k}개는 얼굴이 다 가려졌는지 직접 확인해 주세요.</source>
        <translation>Look yourself whether the faces of {k} are hidden whole.</translation>
    </message>
    <message>
        <source>파일 {n}개를 가렸고, {m}개는 가리지 못했어요. 아래 목록을 확인해 주세요.</source>
        <translation>{n} files are done, {m} failed. See the list below.</translation>
    </message>
    <message>
        <source>멈췄어요. 이미 가린 파일 {n}개는 그대로 있어요.</source>
        <translation>Stopped. The {n} files already done are kept.</translation>
    </message>
</context>
<context>
    <name>MosaicResults</name>
    <message>
        <source>결과</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>폴더 열기</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>아직 가린 사진이 없어요</source>
        <translation>Nothing hidden yet</translation>
    </message>
    <message>
        <source>원본은 그대로 두고, 가린 사본만 저장해요.</source>
        <translation>Originals stay; only hidden copies are saved.</translation>
    </message>
    <message>
        <source>파일</source>
        <translation>File</translation>
    </message>
    <message>
        <source>얼굴 {n}개를 가렸어요</source>
        <translation>{n} faces hidden</translation>
    </message>
    <message>
        <source>가림 {n}</source>
        <translation>Hidden {n}</translation>
    </message>
    <message>
        <source>얼굴 없음 {n}</source>
        <translation>No face {n}</translation>
    </message>
    <message>
        <source>실패 {n}</source>
        <translation>Failed {n}</translation>
    </message>
    <message>
        <source>폴더를 열 수 없어요: {path}</source>
        <translation>Cannot open the folder: {path}</translation>
    </message>
</context>
<context>
    <name>Moves</name>
    <message>
        <source>52가지 모두 보기</source>
        <translation>Show all 52</translation>
    </message>
    <message>
        <source>왼쪽과 오른쪽은 그 사람 기준이에요.</source>
        <translation>Left and right are the person&apos;s own.</translation>
    </message>
    <message>
        <source>두드러진 {n}가지</source>
        <translation>The {n} strongest</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>마음결</source>
        <translation>Maumgyeol</translation>
    </message>
    <message>
        <source>기록</source>
        <translation>History</translation>
    </message>
    <message>
        <source>기록 (Ctrl+H)</source>
        <translation>History (Ctrl+H)</translation>
    </message>
</context>
<context>
    <name>OnePanel</name>
    <message>
        <source>리뷰</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>영화나 물건의 리뷰를 써 보세요. 쓰는 동안 바로 읽어요.</source>
        <translation>Write a review of a film or a thing; it is read as you write.</translation>
    </message>
    <message>
        <source>정밀 판단을 쓸 수 없어요: {reason}</source>
        <translation>The precise mode cannot be used: {reason}</translation>
    </message>
    <message>
        <source>빠름으로 읽기</source>
        <translation>Read in fast mode</translation>
    </message>
    <message>
        <source>글</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>일기, 대화, 댓글… 아무 글이나 써 보세요. 쓰는 동안 바로 읽어요.</source>
        <translation>A diary, a chat, a comment… write anything; it is read as you write.</translation>
    </message>
    <message>
        <source>결과를 복사했어요.</source>
        <translation>Result copied.</translation>
    </message>
</context>
<context>
    <name>OwnCard</name>
    <message>
        <source>직접 쓰기</source>
        <translation>Write your own</translation>
    </message>
    <message>
        <source>직접 쓰는 댓글</source>
        <translation>Your own comment</translation>
    </message>
    <message>
        <source>댓글을 써 보세요. 어떤 느낌인지 바로 보여 드려요.</source>
        <translation>Write a comment; how it feels is shown at once.</translation>
    </message>
    <message>
        <source>이 댓글 쓰기</source>
        <translation>Use this comment</translation>
    </message>
    <message>
        <source>긍정과 부정, 일곱 감정을 읽어요.</source>
        <translation>Reads positive or negative, and seven emotions.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>여기에는 저장할 결과가 없어요.</source>
        <translation>There is no result to save here.</translation>
    </message>
</context>
<context>
    <name>PageJob</name>
    <message>
        <source>멈췄어요.</source>
        <translation>Stopped.</translation>
    </message>
</context>
<context>
    <name>PagedRows</name>
    <message>
        <source>글</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>판단</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>긍정 확률</source>
        <translation>P(positive)</translation>
    </message>
    <message>
        <source>별점</source>
        <translation>Stars</translation>
    </message>
</context>
<context>
    <name>PairBars</name>
    <message>
        <source>전</source>
        <translation>before</translation>
    </message>
    <message>
        <source>후</source>
        <translation>after</translation>
    </message>
</context>
<context>
    <name>PersonsTable</name>
    <message>
        <source>사람</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>깜빡임/분</source>
        <translation>Blinks/min</translation>
    </message>
    <message>
        <source>하품</source>
        <translation>Yawns</translation>
    </message>
    <message>
        <source>시선</source>
        <translation>Gaze</translation>
    </message>
    <message>
        <source>화면에 있는 사람들</source>
        <translation>People in the picture</translation>
    </message>
    <message>
        <source>{n}초 뒤</source>
        <translation>in {n} s</translation>
    </message>
    <message>
        <source>모두 {n}번</source>
        <translation>{n} in all</translation>
    </message>
</context>
<context>
    <name>PhotoCard</name>
    <message>
        <source>사진</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>사진을 여기에 놓으세요</source>
        <translation>Drop a photo here</translation>
    </message>
    <message>
        <source>여러 장이나 폴더도 좋아요 · JPG, PNG, HEIC, WEBP · 이 컴퓨터를 떠나지 않아요</source>
        <translation>Many photos or a folder too · JPG, PNG, HEIC, WEBP · nothing leaves this computer</translation>
    </message>
    <message>
        <source>앨범 비우기</source>
        <translation>Empty the album</translation>
    </message>
    <message>
        <source>사진 {n}장</source>
        <translation>{n} pictures</translation>
    </message>
    <message>
        <source>얼굴 {faces} · 사물 {objects} · {ms:.0f} ms · {models}</source>
        <translation>{faces} faces · {objects} objects · {ms:.0f} ms · {models}</translation>
    </message>
</context>
<context>
    <name>PhotoJob</name>
    <message>
        <source>얼굴을 찾는 중…</source>
        <translation>Looking for faces…</translation>
    </message>
    <message>
        <source>얼굴을 찾지 못했어요. 얼굴이 더 크고 정면을 보는 사진을 써 보세요.</source>
        <translation>No face found. Try a photo with a larger face that looks at the camera.</translation>
    </message>
</context>
<context>
    <name>PictureCard</name>
    <message>
        <source>화면</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>사진이나 영상을 여기에 놓으세요</source>
        <translation>Drop a photo or a video here</translation>
    </message>
    <message>
        <source>JPG, PNG, MP4, AVI … · 얼굴은 이 컴퓨터를 떠나지 않아요</source>
        <translation>JPG, PNG, MP4, AVI … · faces never leave this computer</translation>
    </message>
    <message>
        <source>더 찾아보기</source>
        <translation>Look for more</translation>
    </message>
    <message>
        <source>작거나 돌아간 얼굴, 옆모습까지 꼼꼼히 찾아요</source>
        <translation>Also looks for small, turned and side faces</translation>
    </message>
    <message>
        <source>실시간 가리기</source>
        <translation>Live mosaic</translation>
    </message>
    <message>
        <source>카메라와 영상의 얼굴을 모자이크로 가려서 보여 줘요</source>
        <translation>Shows camera and video with the faces pixelated</translation>
    </message>
    <message>
        <source>얼굴 {n}</source>
        <translation>Face {n}</translation>
    </message>
    <message>
        <source>점 없는 얼굴 {n}</source>
        <translation>Face without points {n}</translation>
    </message>
    <message>
        <source>초당 {n:.0f}장</source>
        <translation>{n:.0f} per second</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>영상 파일을 찾을 수 없어요</source>
        <translation>The video file cannot be found</translation>
    </message>
    <message>
        <source>{path} · 수치는 그대로 볼 수 있어요</source>
        <translation>{path} · the figures are still here</translation>
    </message>
    <message>
        <source>영상 없이 기록한 세션이에요</source>
        <translation>Recorded without video</translation>
    </message>
    <message>
        <source>얼굴 사진은 저장하지 않았어요. 수치는 모두 볼 수 있어요.</source>
        <translation>No picture of a face was stored. All figures are here.</translation>
    </message>
</context>
<context>
    <name>PreviewCard</name>
    <message>
        <source>열을 골라 주세요</source>
        <translation>Choose the columns</translation>
    </message>
    <message>
        <source>고르지 않고 돌아가기</source>
        <translation>Back without choosing</translation>
    </message>
    <message>
        <source>다른 파일</source>
        <translation>Another file</translation>
    </message>
    <message>
        <source>읽기 시작</source>
        <translation>Start reading</translation>
    </message>
    <message>
        <source>글</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>날짜</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>묶음</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>라벨·별점</source>
        <translation>Label or rating</translation>
    </message>
    <message>
        <source>없음</source>
        <translation>None</translation>
    </message>
    <message>
        <source>{kind} · 열 {columns}개</source>
        <translation>{kind} · {columns} columns</translation>
    </message>
    <message>
        <source>{kind} · 열 {columns}개 · 약 {rows}줄</source>
        <translation>{kind} · {columns} columns · about {rows} rows</translation>
    </message>
</context>
<context>
    <name>ProblemsCard</name>
    <message>
        <source>눈여겨볼 줄</source>
        <translation>Rows to look at</translation>
    </message>
    <message>
        <source>줄</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>무슨 일인가요</source>
        <translation>What happened</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>잠시 멈춤</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>그만두기</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>이어서 읽기</source>
        <translation>Go on reading</translation>
    </message>
    <message>
        <source>1초에 {n}줄</source>
        <translation>{n} rows a second</translation>
    </message>
    <message>
        <source>{time}쯤 남았어요</source>
        <translation>about {time} left</translation>
    </message>
    <message>
        <source>잠시 멈췄어요. 여기까지 읽은 것은 저장되어 있어요.</source>
        <translation>Paused. What was read so far is kept.</translation>
    </message>
    <message>
        <source>계속하기</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>멈추는 중이에요…</source>
        <translation>Stopping…</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>최근에 읽은 숫자</source>
        <translation>Lately read digits</translation>
    </message>
    <message>
        <source>그린 숫자가 여기에 쌓여요.</source>
        <translation>Digits that you draw gather here.</translation>
    </message>
    <message>
        <source>최근에 읽은 글</source>
        <translation>Lately read texts</translation>
    </message>
    <message>
        <source>읽은 글이 여기에 쌓여요</source>
        <translation>Texts that were read gather here</translation>
    </message>
</context>
<context>
    <name>RecordBar</name>
    <message>
        <source>세션 기록</source>
        <translation>Record a session</translation>
    </message>
    <message>
        <source>표정, 깜빡임, 주의를 시간에 따라 기록해요. 얼굴 사진은 남지 않아요.</source>
        <translation>Records expressions, blinks and attention over time. No picture of a face is kept.</translation>
    </message>
    <message>
        <source>표시</source>
        <translation>Marks</translation>
    </message>
    <message>
        <source>지금 이때에 표시를 남겨요</source>
        <translation>Marks this moment</translation>
    </message>
    <message>
        <source>영상도 저장</source>
        <translation>Store the video too</translation>
    </message>
    <message>
        <source>카메라</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>표시 {n}</source>
        <translation>Mark {n}</translation>
    </message>
    <message>
        <source>● {time} 기록 중 · 표본 {n}개</source>
        <translation>● Recording {time} · {n} samples</translation>
    </message>
    <message>
        <source>기록 끝내기</source>
        <translation>Stop recording</translation>
    </message>
    <message>
        <source>영상까지 저장할 곳: {path}</source>
        <translation>The video too will be stored in {path}</translation>
    </message>
    <message>
        <source>숫자만 기록하고, 영상은 저장하지 않아요.</source>
        <translation>Only figures are recorded, no video.</translation>
    </message>
    <message>
        <source>세션을 저장했어요: {time}, 표본 {n}개</source>
        <translation>Session saved: {time}, {n} samples</translation>
    </message>
    <message>
        <source>세션 열기</source>
        <translation>Open the session</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message>
        <source>부위</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>중심</source>
        <translation>Centre</translation>
    </message>
    <message>
        <source>상자 x, y, w, h</source>
        <translation>Box x, y, w, h</translation>
    </message>
    <message>
        <source>점</source>
        <translation>Points</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>학습 결과</source>
        <translation>Result of learning</translation>
    </message>
    <message>
        <source>기본 모델</source>
        <translation>shipped model</translation>
    </message>
    <message>
        <source>개인 {n}</source>
        <translation>personal {n}</translation>
    </message>
    <message>
        <source>받아들였던 개인 {n} 대신 지금은 {now}이(가) 답해요</source>
        <translation>Personal {n} was accepted; now {now} answers instead</translation>
    </message>
    <message>
        <source>받아들였어요: 개인 {n}</source>
        <translation>Adopted: personal {n}</translation>
    </message>
    <message>
        <source>받아들이지 않았어요: 쓰던 모델을 그대로 써요</source>
        <translation>Not adopted: the model in use stays</translation>
    </message>
    <message>
        <source>고친 답 {n}개를 맞히는 비율</source>
        <translation>Share of {n} corrections answered right</translation>
    </message>
    <message>
        <source>배우지 않은 고친 답 (교차 검증)</source>
        <translation>Corrections not trained on (cross-validation)</translation>
    </message>
    <message>
        <source>배우지 않은 사진을 맞히는 비율</source>
        <translation>Right on pictures not learned</translation>
    </message>
    <message>
        <source>원래 알던 것 (기본 문제)</source>
        <translation>What it knew before (retention set)</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>모델 보고서</source>
        <translation>Model report</translation>
    </message>
    <message>
        <source>보고서 만들기</source>
        <translation>Make the report</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>정답이 붙은 자료로 모델을 시험하고, 정확도와 혼동 행렬, 틀린 예를 파일 하나에 담아요.</source>
        <translation>Tests a model on labelled data and puts accuracy, confusion matrix and wrong answers into one file.</translation>
    </message>
    <message>
        <source>모델과 자료</source>
        <translation>Model and data</translation>
    </message>
    <message>
        <source>{names} 밖에 {n}개</source>
        <translation>{names} and {n} more</translation>
    </message>
    <message>
        <source>정답이 붙은 자료를 여기에 놓으세요</source>
        <translation>Drop labelled data here</translation>
    </message>
    <message>
        <source>보고서를 만드는 중…</source>
        <translation>Making the report…</translation>
    </message>
    <message>
        <source>{name}을(를) 만들었어요. 정확도 {accuracy}, 항목 {n}개.</source>
        <translation>{name} is ready. Accuracy {accuracy}, {n} items.</translation>
    </message>
    <message>
        <source>열기</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>멈췄어요. 보고서는 만들지 않았어요.</source>
        <translation>Stopped. No report was made.</translation>
    </message>
    <message>
        <source>보고서: {path}</source>
        <translation>Report: {path}</translation>
    </message>
</context>
<context>
    <name>ReportPlace</name>
    <message>
        <source>저장할 곳</source>
        <translation>Save to</translation>
    </message>
    <message>
        <source>바꾸기…</source>
        <translation>Change…</translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message>
        <source>판단</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>결과 복사</source>
        <translation>Copy result</translation>
    </message>
    <message>
        <source>글을 쓰면 여기에 결과가 나와요</source>
        <translation>Write a text and the result appears here</translation>
    </message>
    <message>
        <source>긍정인지 부정인지, 별은 몇 개인지, 어떤 낱말이 정했는지 보여 줘요.</source>
        <translation>It shows whether it is positive or negative, how many stars, and which words decided.</translation>
    </message>
    <message>
        <source>재 보니 모델보다 덜 맞아요. 그래서 기본으로는 보여 주기만 해요.</source>
        <translation>Measured, it is right less often than the model, so by default strong words are only shown.</translation>
    </message>
    <message>
        <source>감정</source>
        <translation>Emotion</translation>
    </message>
    <message>
        <source>결과 저장</source>
        <translation>Save the result</translation>
    </message>
    <message>
        <source>글을 쓰면 여기에 감정이 나와요</source>
        <translation>The emotion appears here as you write</translation>
    </message>
    <message>
        <source>일곱 감정의 확률과 마흔세 가지 세부 감정, 그렇게 읽은 낱말을 보여 줘요.</source>
        <translation>The chances of seven emotions, forty-three finer ones, and the words behind them.</translation>
    </message>
    <message>
        <source>이렇게 읽었어요</source>
        <translation>How it was read</translation>
    </message>
    <message>
        <source>{percent} 확실해요</source>
        <translation>{percent} sure</translation>
    </message>
    <message>
        <source>낱말의 무게를 재는 중이에요…</source>
        <translation>Weighing the words…</translation>
    </message>
    <message>
        <source>모델 {model}</source>
        <translation>Model {model}</translation>
    </message>
    <message>
        <source>진하게 칠한 낱말일수록 ‘{emotion}’(으)로 읽는 데 더 큰 몫을 했어요.</source>
        <translation>The darker a word, the more it spoke for “{emotion}”.</translation>
    </message>
    <message>
        <source>두드러지게 기여한 낱말이 없어요.</source>
        <translation>No word stands out.</translation>
    </message>
    <message>
        <source>정밀</source>
        <translation>Precise</translation>
    </message>
    <message>
        <source>문장을 통째로 읽는 인코더와 함께 판단해요</source>
        <translation>Judges with the encoder, which reads whole sentences</translation>
    </message>
    <message>
        <source>빠름</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>글자 조각만 보는 가벼운 모델로 판단해요</source>
        <translation>Judges with the light model, which sees character pieces only</translation>
    </message>
    <message>
        <source>두 갈래</source>
        <translation>Two-way</translation>
    </message>
    <message>
        <source>긍정과 부정으로 나눠요</source>
        <translation>Positive or negative</translation>
    </message>
    <message>
        <source>세 갈래</source>
        <translation>Three-way</translation>
    </message>
    <message>
        <source>긍정, 중립, 부정으로 나눠요</source>
        <translation>Positive, neutral or negative</translation>
    </message>
    <message>
        <source>강한 낱말을 따르기 (고전 방식)</source>
        <translation>Follow strong words (the classic way)</translation>
    </message>
    <message>
        <source>별 {n}개</source>
        <translation>{n} stars</translation>
    </message>
    <message>
        <source>모델 {model} · 낱말 나누기 {tokenizer}</source>
        <translation>Model {model} · words by {tokenizer}</translation>
    </message>
    <message>
        <source>두 갈래로 보면 {label} {percent}</source>
        <translation>In two ways: {label} {percent}</translation>
    </message>
    <message>
        <source>강한 낱말 ‘{word}’을(를) 따라 {label}(으)로 판단했어요.</source>
        <translation>Judged {label} after the strong word “{word}”.</translation>
    </message>
    <message>
        <source>강한 낱말 ‘{word}’({label})이(가) 있지만, 뒤에 부정하는 말이 와서 따르지 않아요.</source>
        <translation>There is the strong word “{word}” ({label}), but a negation follows, so it is not followed.</translation>
    </message>
    <message>
        <source>강한 낱말 ‘{word}’: {label} 쪽이에요. 참고로만 보여 줘요.</source>
        <translation>Strong word “{word}”: it speaks for {label}. Shown for information only.</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>확신 {percent}</source>
        <translation>{percent} sure</translation>
    </message>
    <message>
        <source>아직 그린 숫자가 없어요</source>
        <translation>No digit drawn yet</translation>
    </message>
    <message>
        <source>결과</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>답 복사</source>
        <translation>Copy answer</translation>
    </message>
    <message>
        <source>신경망이 본 28×28 그림</source>
        <translation>The 28×28 picture that the network saw</translation>
    </message>
    <message>
        <source>신경망이 본 그림</source>
        <translation>What the network saw</translation>
    </message>
    <message>
        <source>숫자별 확률</source>
        <translation>Probability of each digit</translation>
    </message>
</context>
<context>
    <name>ResultsPanel</name>
    <message>
        <source>다 읽은 뒤에 보여 드려요</source>
        <translation>Shown when all is read</translation>
    </message>
    <message>
        <source>그만두면 그때까지 읽은 줄을 볼 수 있어요.</source>
        <translation>If you stop, you can look at the rows read until then.</translation>
    </message>
    <message>
        <source>다른 파일</source>
        <translation>Another file</translation>
    </message>
    <message>
        <source>내보내기</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>요약</source>
        <translation>Summary</translation>
    </message>
    <message>
        <source>긍정·중립·부정과 별점</source>
        <translation>Positive, neutral, negative, and stars</translation>
    </message>
    <message>
        <source>시간</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>날짜에 따라 어떻게 변하는지</source>
        <translation>How it changes over time</translation>
    </message>
    <message>
        <source>낱말</source>
        <translation>Words</translation>
    </message>
    <message>
        <source>긍정과 부정을 가르는 낱말</source>
        <translation>The words that tell positive from negative</translation>
    </message>
    <message>
        <source>묶음</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>상품이나 지점마다</source>
        <translation>By product or branch</translation>
    </message>
    <message>
        <source>모든 줄</source>
        <translation>All rows</translation>
    </message>
    <message>
        <source>줄마다 읽은 결과</source>
        <translation>The result of each row</translation>
    </message>
    <message>
        <source>열 고르기</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>그림 저장</source>
        <translation>Save chart</translation>
    </message>
    <message>
        <source>글을 읽는 중이에요…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>‘{column}’ 열 · {mode}.</source>
        <translation>Column ‘{column}’ · {mode}.</translation>
    </message>
    <message>
        <source>빠름</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>정밀</source>
        <translation>Precise</translation>
    </message>
    <message>
        <source>이전 모델의 답이에요. 파일을 다시 열면 새 모델이 읽어요.</source>
        <translation>These are answers of the former model. Open the file again to have the new one read it.</translation>
    </message>
    <message>
        <source>글 {n}개, 평균 별 {stars}개.</source>
        <translation>{n} texts, {stars} stars on average.</translation>
    </message>
    <message>
        <source>읽을 글이 없는 {n}줄은 건너뛰었어요.</source>
        <translation>{n} rows without text were skipped.</translation>
    </message>
    <message>
        <source>너무 긴 {n}줄은 읽지 못했어요.</source>
        <translation>{n} rows were too long to read.</translation>
    </message>
</context>
<context>
    <name>ResumeCard</name>
    <message>
        <source>이어서 읽기</source>
        <translation>Go on reading</translation>
    </message>
</context>
<context>
    <name>ResumeRow</name>
    <message>
        <source>이어서 읽기</source>
        <translation>Go on reading</translation>
    </message>
    <message>
        <source>버리기</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>정말 버리기</source>
        <translation>Really discard</translation>
    </message>
    <message>
        <source>그대로 두기</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>여기까지 읽은 {n}줄이 지워져요. 파일은 그대로 있어요.</source>
        <translation>The {n} rows read so far will be deleted. The file stays as it is.</translation>
    </message>
    <message>
        <source>빠름</source>
        <translation>Fast</translation>
    </message>
    <message>
        <source>정밀</source>
        <translation>Precise</translation>
    </message>
    <message>
        <source>{n}줄까지 읽었어요 · {mode} · {time} 전</source>
        <translation>{n} rows read · {mode} · {time} ago</translation>
    </message>
</context>
<context>
    <name>ReviewsTab</name>
    <message>
        <source>리뷰 감성</source>
        <translation>Reviews</translation>
    </message>
    <message>
        <source>글을 쓰면 바로 읽고, 파일을 열면 모든 줄에 별점을 매겨요.</source>
        <translation>Write and it is read at once; open a file and every row gets its stars.</translation>
    </message>
    <message>
        <source>한 편</source>
        <translation>One text</translation>
    </message>
    <message>
        <source>파일</source>
        <translation>File</translation>
    </message>
    <message>
        <source>파일 열기</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>기록을 여는 중이에요…</source>
        <translation>Opening what was kept…</translation>
    </message>
    <message>
        <source>{name}을(를) 읽는 중이에요…</source>
        <translation>Reading {name}…</translation>
    </message>
    <message>
        <source>{name}을(를) 여는 중이에요…</source>
        <translation>Opening {name}…</translation>
    </message>
    <message>
        <source>읽다 만 파일이 있어요: {name}</source>
        <translation>A file was not read to its end: {name}</translation>
    </message>
    <message>
        <source>보기</source>
        <translation>View</translation>
    </message>
    <message>
        <source>{name}: 글 {n}개, 긍정 {positive}, 중립 {neutral}, 부정 {negative}</source>
        <translation>{name}: {n} texts, {positive} positive, {neutral} neutral, {negative} negative</translation>
    </message>
    <message>
        <source>{summary}. 다시 보려면 파일을 열어 주세요.</source>
        <translation>{summary}. Open the file to see it again.</translation>
    </message>
    <message>
        <source>리뷰-결과.json</source>
        <translation>review-result.json</translation>
    </message>
    <message>
        <source>저장하는 중이에요…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>{name}-그림.png</source>
        <translation>{name}-chart.png</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>엑셀의 한 칸보다 긴 글 {n}개는 줄여서 담았어요. 모두 담으려면 CSV로 저장하세요.</source>
        <translation>{n} texts longer than an Excel cell were shortened. Save as CSV to keep all of them.</translation>
    </message>
</context>
<context>
    <name>RowsPage</name>
    <message>
        <source>찾는 중이에요…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <source>줄을 두 번 누르면 왜 그렇게 읽었는지 볼 수 있어요.</source>
        <translation>Double-click a row to see why it was read that way.</translation>
    </message>
    <message>
        <source>글에서 찾기</source>
        <translation>Search the texts</translation>
    </message>
    <message>
        <source>모두</source>
        <translation>All</translation>
    </message>
    <message>
        <source>판단 없음</source>
        <translation>No verdict</translation>
    </message>
    <message>
        <source>모두 {n}줄</source>
        <translation>{n} rows in all</translation>
    </message>
    <message>
        <source>{total}줄 가운데 {n}줄</source>
        <translation>{n} of {total} rows</translation>
    </message>
</context>
<context>
    <name>SegmentTable</name>
    <message>
        <source>구간</source>
        <translation>Segment</translation>
    </message>
    <message>
        <source>시간</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>사람</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>가장 오래</source>
        <translation>Longest</translation>
    </message>
    <message>
        <source>표정의 비율</source>
        <translation>Shares of expressions</translation>
    </message>
    <message>
        <source>깜빡임/분</source>
        <translation>Blinks/min</translation>
    </message>
    <message>
        <source>주의</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>화면에</source>
        <translation>In view</translation>
    </message>
    <message>
        <source>처음부터</source>
        <translation>From the start</translation>
    </message>
    <message>
        <source>{n}초</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>모두 {n}번</source>
        <translation>{n} in all</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>지난 세션</source>
        <translation>Past sessions</translation>
    </message>
    <message>
        <source>열기</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>지우기</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>만든 때</source>
        <translation>Made</translation>
    </message>
    <message>
        <source>길이</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>크기</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>아직 세션이 없어요</source>
        <translation>No sessions yet</translation>
    </message>
    <message>
        <source>실시간 화면의 ‘세션 기록’이나 영상 분석으로 만들 수 있어요.</source>
        <translation>Record one in the live view, or analyse a video.</translation>
    </message>
    <message>
        <source>여기까지만 분석했어요</source>
        <translation>analysed up to here only</translation>
    </message>
    <message>
        <source>중간에 끊김</source>
        <translation>broken off</translation>
    </message>
    <message>
        <source>이 세션을 지울까요? 함께 저장한 영상도 지워지고, 되돌릴 수 없어요.</source>
        <translation>Delete this session? A video stored with it goes too; this cannot be undone.</translation>
    </message>
    <message>
        <source>세션 지우기</source>
        <translation>Delete the session</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>목록</source>
        <translation>List</translation>
    </message>
    <message>
        <source>처음부터 다시 분석</source>
        <translation>Analyse from the start</translation>
    </message>
    <message>
        <source>영상을 여는 중…</source>
        <translation>Opening the video…</translation>
    </message>
    <message>
        <source>{n}명</source>
        <translation>{n} persons</translation>
    </message>
    <message>
        <source>{n}초</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>세션 · {name}: {people}, {time}</source>
        <translation>Session · {name}: {people}, {time}</translation>
    </message>
    <message>
        <source>이 세션은 끝까지 저장되지 못했어요. 그때까지의 기록을 보여 드려요.</source>
        <translation>This session was cut off. What was stored until then is shown.</translation>
    </message>
    <message>
        <source>{time}까지만 분석했어요</source>
        <translation>Analysed up to {time} only</translation>
    </message>
    <message>
        <source>{time}까지만 기록됐어요</source>
        <translation>Recorded up to {time} only</translation>
    </message>
    <message>
        <source>영상 {n}초를 {speed}배속으로 분석했어요.</source>
        <translation>{n} seconds of video analysed at {speed} times its speed.</translation>
    </message>
    <message>
        <source>분석을 멈췄어요. 저장된 것은 없어요.</source>
        <translation>Analysis stopped. Nothing was stored.</translation>
    </message>
</context>
<context>
    <name>SessionSaver</name>
    <message>
        <source>표본 하나를 한 줄로 · 엑셀에서 열려요</source>
        <translation>One line a sample · opens in Excel</translation>
    </message>
    <message>
        <source>표시, 구간 정리, 모든 표본</source>
        <translation>Marks, segments, every sample</translation>
    </message>
    <message>
        <source>결과를 그린 영상 · 소리는 없어요</source>
        <translation>The video with the results drawn in · no sound</translation>
    </message>
    <message>
        <source>그림</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>시간 흐름을 그림으로</source>
        <translation>The timeline as a picture</translation>
    </message>
    <message>
        <source>{stem}-세션</source>
        <translation>{stem}-session</translation>
    </message>
    <message>
        <source>저장하는 중…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>저장을 멈췄어요. 쓰다 만 파일은 남기지 않았어요.</source>
        <translation>Saving stopped. No half-written file is left.</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>재생 / 멈춤 (스페이스)</source>
        <translation>Play / pause (space)</translation>
    </message>
    <message>
        <source>쌓기</source>
        <translation>Stacked</translation>
    </message>
    <message>
        <source>확률을 위로 쌓아 그려요</source>
        <translation>Probabilities stacked on one another</translation>
    </message>
    <message>
        <source>선</source>
        <translation>Lines</translation>
    </message>
    <message>
        <source>표정마다 선 하나로 그려요</source>
        <translation>One line an expression</translation>
    </message>
    <message>
        <source>줄여 보기 (-)</source>
        <translation>Zoom out (-)</translation>
    </message>
    <message>
        <source>늘려 보기 (+)</source>
        <translation>Zoom in (+)</translation>
    </message>
    <message>
        <source>전체 보기 (0)</source>
        <translation>Show all (0)</translation>
    </message>
    <message>
        <source>보이는 시간</source>
        <translation>Visible time</translation>
    </message>
    <message>
        <source>시간 흐름</source>
        <translation>Timeline</translation>
    </message>
    <message>
        <source>구간 정리</source>
        <translation>Segments</translation>
    </message>
</context>
<context>
    <name>SheetCard</name>
    <message>
        <source>여기에 0부터 9까지
숫자 하나를 그려 주세요</source>
        <translation>Draw one digit
from 0 to 9 here</translation>
    </message>
    <message>
        <source>되돌리기 (Ctrl+Z)</source>
        <translation>Undo (Ctrl+Z)</translation>
    </message>
    <message>
        <source>다시 하기 (Ctrl+Y)</source>
        <translation>Redo (Ctrl+Y)</translation>
    </message>
    <message>
        <source>지우기 (Delete)</source>
        <translation>Clear (Delete)</translation>
    </message>
    <message>
        <source>그리기로 돌아가기</source>
        <translation>Back to drawing</translation>
    </message>
    <message>
        <source>그리기</source>
        <translation>Drawing</translation>
    </message>
    <message>
        <source>펜 굵기</source>
        <translation>Pen width</translation>
    </message>
    <message>
        <source>그림판에서는 [ 와 ] 키로도 바꿀 수 있어요</source>
        <translation>The keys [ and ] change it, too</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>카메라 또는 영상 주소</source>
        <translation>Camera or video address</translation>
    </message>
    <message>
        <source>카메라 번호, 영상 파일, rtsp:// 주소</source>
        <translation>Camera number, video file, or rtsp:// address</translation>
    </message>
    <message>
        <source>카메라 다시 찾기</source>
        <translation>Look for cameras again</translation>
    </message>
    <message>
        <source>영상 파일 고르기</source>
        <translation>Choose a video file</translation>
    </message>
    <message>
        <source>시작</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>카메라 {n}</source>
        <translation>Camera {n}</translation>
    </message>
    <message>
        <source>멈춤</source>
        <translation>Stop</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>별 {n}개</source>
        <translation>{n} stars</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>앨범의 사진들</source>
        <translation>Photos of the album</translation>
    </message>
</context>
<context>
    <name>StyleBar</name>
    <message>
        <source>이모지 없이</source>
        <translation>No emoji</translation>
    </message>
    <message>
        <source>가장 긴 글자 수</source>
        <translation>Most characters</translation>
    </message>
    <message>
        <source>{n}자까지</source>
        <translation>Up to {n}</translation>
    </message>
    <message>
        <source>길이 자유</source>
        <translation>Any length</translation>
    </message>
</context>
<context>
    <name>StyleCard</name>
    <message>
        <source>가리는 방식</source>
        <translation>How to hide</translation>
    </message>
    <message>
        <source>모자이크</source>
        <translation>Mosaic</translation>
    </message>
    <message>
        <source>네모 칸의 평균 색으로 바꿔요</source>
        <translation>Replaces squares by their mean colour</translation>
    </message>
    <message>
        <source>흐림</source>
        <translation>Blur</translation>
    </message>
    <message>
        <source>칸의 경계 없이 흐리게 바꿔요</source>
        <translation>Blurs without edges of squares</translation>
    </message>
    <message>
        <source>덮기</source>
        <translation>Cover</translation>
    </message>
    <message>
        <source>한 가지 색으로 덮어요</source>
        <translation>Covers with one colour</translation>
    </message>
    <message>
        <source>하위 폴더까지</source>
        <translation>Subfolders too</translation>
    </message>
    <message>
        <source>얼굴 가리기</source>
        <translation>Hide faces</translation>
    </message>
    <message>
        <source>아직 없음</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>세기</source>
        <translation>Strength</translation>
    </message>
    <message>
        <source>바꾸기</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>저장할 폴더</source>
        <translation>Folder to save to</translation>
    </message>
    <message>
        <source>한 가지 색으로 덮어서 아무것도 남지 않아요.</source>
        <translation>Covered with one colour: nothing is left.</translation>
    </message>
    <message>
        <source>한 칸은 {block}픽셀 이상이고, 얼굴 하나는 가로 {few}칸을 넘지 않아요.</source>
        <translation>A square has at least {block} pixels, and a face is at most {few} squares wide.</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>긍정과 부정</source>
        <translation>Positive and negative</translation>
    </message>
    <message>
        <source>별점</source>
        <translation>Stars</translation>
    </message>
</context>
<context>
    <name>TabStack</name>
    <message>
        <source>여기에는 저장할 결과가 없어요.</source>
        <translation>There is no result to save here.</translation>
    </message>
    <message>
        <source>이 탭을 열 수 없어요.</source>
        <translation>This tab cannot be opened.</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>무슨 이야기든 편하게 해 주세요</source>
        <translation>Talk about anything you like</translation>
    </message>
    <message>
        <source>사람이 아닌 프로그램이 답해요. 나눈 말은 이 컴퓨터를 떠나지 않아요.</source>
        <translation>A program answers, not a person. What is said stays on this computer.</translation>
    </message>
</context>
<context>
    <name>TasteLine</name>
    <message>
        <source>취향 잊기</source>
        <translation>Forget my taste</translation>
    </message>
    <message>
        <source>고른 댓글 {n}개에서 배운 취향으로 차례를 정해요.</source>
        <translation>Ordered by the taste learned from {n} chosen comments.</translation>
    </message>
    <message>
        <source>댓글을 고르거나 고치면 그 취향을 바로 배워요.</source>
        <translation>Choose or edit a comment, and your taste is learned at once.</translation>
    </message>
    <message>
        <source>고른 댓글에서 배운 취향을 잊을까요? 되돌릴 수 없어요.</source>
        <translation>Forget the taste learned from chosen comments? This cannot be undone.</translation>
    </message>
</context>
<context>
    <name>TaughtDialog</name>
    <message>
        <source>가르친 답</source>
        <translation>Taught answers</translation>
    </message>
    <message>
        <source>이렇게 말하면</source>
        <translation>When I say</translation>
    </message>
    <message>
        <source>이렇게 답해요</source>
        <translation>it answers</translation>
    </message>
    <message>
        <source>아직 가르친 답이 없어요</source>
        <translation>No answers taught yet</translation>
    </message>
    <message>
        <source>대화에서 답 아래의 연필을 누르면, 바라는 답을 가르칠 수 있어요.</source>
        <translation>Press the pencil below an answer to teach the one you would like.</translation>
    </message>
    <message>
        <source>같은 말을 들으면 무엇보다 먼저 이 답을 해요. 이 컴퓨터에만 있어요.</source>
        <translation>Said again, these come before any other answer. They stay on this computer.</translation>
    </message>
    <message>
        <source>잊기</source>
        <translation>Forget</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>{n}개를 잊었어요.</source>
        <translation>Forgot {n}.</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>TaughtView</name>
    <message>
        <source>전</source>
        <translation>before</translation>
    </message>
    <message>
        <source>지금 답하는 모델</source>
        <translation>Model that answers now</translation>
    </message>
    <message>
        <source>후</source>
        <translation>after</translation>
    </message>
    <message>
        <source>새로 배운 모델</source>
        <translation>Newly taught model</translation>
    </message>
    <message>
        <source>이 모델 쓰기</source>
        <translation>Use this model</translation>
    </message>
    <message>
        <source>그래도 이 모델 쓰기</source>
        <translation>Use this model all the same</translation>
    </message>
    <message>
        <source>버리기</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>보고서 저장…</source>
        <translation>Save report…</translation>
    </message>
    <message>
        <source>혼동 행렬</source>
        <translation>Confusion matrix</translation>
    </message>
    <message>
        <source>행은 라벨, 열은 답이에요.</source>
        <translation>Rows are labels, columns are answers.</translation>
    </message>
    <message>
        <source>배운 사진 {n}장 ({each})</source>
        <translation>Learned {n} pictures ({each})</translation>
    </message>
    <message>
        <source>함께 배운 고친 답 {n}개</source>
        <translation>With {n} corrections</translation>
    </message>
    <message>
        <source>전에 배운 사진 {n}장</source>
        <translation>{n} pictures learned before</translation>
    </message>
    <message>
        <source>배우지 않은 사진 {n}장의 정확도</source>
        <translation>Accuracy on {n} pictures not learned</translation>
    </message>
    <message>
        <source>매크로 F1</source>
        <translation>Macro F1</translation>
    </message>
    <message>
        <source>원래 알던 것 (기본 문제)</source>
        <translation>What it knew before (retention set)</translation>
    </message>
</context>
<context>
    <name>TextCorrections</name>
    <message>
        <source>‘{label}’(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.</source>
        <translation>Corrected to ‘{label}’. Retrain in the learning tab to teach it.</translation>
    </message>
    <message>
        <source>고친 답을 저장했어요.</source>
        <translation>The correction is stored.</translation>
    </message>
</context>
<context>
    <name>TimePage</name>
    <message>
        <source>시간에 따라</source>
        <translation>Over time</translation>
    </message>
    <message>
        <source>날짜 열이 없어요</source>
        <translation>No column of dates</translation>
    </message>
    <message>
        <source>‘열 고르기’에서 날짜가 든 열을 고르면 긍정과 부정이 어떻게 변하는지 보여 드려요.</source>
        <translation>Under ‘Columns’, choose the one with dates to see how positive and negative change.</translation>
    </message>
    <message>
        <source>하루씩 묶었어요.</source>
        <translation>Grouped by day.</translation>
    </message>
    <message>
        <source>월요일부터 한 주씩 묶었어요.</source>
        <translation>Grouped by week, from Monday.</translation>
    </message>
    <message>
        <source>한 달씩 묶었어요.</source>
        <translation>Grouped by month.</translation>
    </message>
    <message>
        <source>한 해씩 묶었어요.</source>
        <translation>Grouped by year.</translation>
    </message>
    <message>
        <source>아래 막대는 글의 수예요.</source>
        <translation>The bars below count the texts.</translation>
    </message>
    <message>
        <source>날짜를 알 수 없는 {n}줄은 뺐어요.</source>
        <translation>{n} rows without a known date were left out.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>세션의 시간 흐름</source>
        <translation>Timeline of the session</translation>
    </message>
</context>
<context>
    <name>Typing</name>
    <message>
        <source>답을 찾는 중이에요.</source>
        <translation>Looking for an answer.</translation>
    </message>
</context>
<context>
    <name>VersionsCard</name>
    <message>
        <source>지금 쓰는 모델</source>
        <translation>Model in use</translation>
    </message>
    <message>
        <source>재학습</source>
        <translation>Retrain</translation>
    </message>
    <message>
        <source>되돌리기</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>바로 전에 쓰던 모델로 돌아가요</source>
        <translation>Go back to the model used before</translation>
    </message>
    <message>
        <source>고른 버전 쓰기</source>
        <translation>Use chosen version</translation>
    </message>
    <message>
        <source>기본 모델</source>
        <translation>shipped model</translation>
    </message>
    <message>
        <source>개인 {n}</source>
        <translation>personal {n}</translation>
    </message>
    <message>
        <source>고친 답 {n}개</source>
        <translation>{n} corrections</translation>
    </message>
    <message>
        <source>사진 {n}장</source>
        <translation>{n} pictures</translation>
    </message>
    <message>
        <source>개인 {n} · {learned} · {when}</source>
        <translation>Personal {n} · {learned} · {when}</translation>
    </message>
    <message>
        <source> · 예전 기본 모델용이라 쓰지 않아요</source>
        <translation> · made for an older shipped model, not used</translation>
    </message>
</context>
<context>
    <name>WordsPage</name>
    <message>
        <source>판단을 가르는 낱말</source>
        <translation>Telling words</translation>
    </message>
    <message>
        <source>다 읽은 뒤에 찾아요</source>
        <translation>Found when all is read</translation>
    </message>
    <message>
        <source>긍정과 부정을 가르는 낱말은 모든 줄을 읽고 나서 골라요.</source>
        <translation>The words that tell positive from negative are chosen after all rows are read.</translation>
    </message>
    <message>
        <source>눈에 띄는 낱말이 없어요</source>
        <translation>No word stands out</translation>
    </message>
    <message>
        <source>글이 적거나 한쪽으로 치우치면 낱말을 고를 수 없어요.</source>
        <translation>With few texts, or texts of one side only, no words can be chosen.</translation>
    </message>
    <message>
        <source>다 읽지 않았어요</source>
        <translation>Not read to the end</translation>
    </message>
    <message>
        <source>끝까지 이어서 읽으면 긍정과 부정을 가르는 낱말을 찾아 드려요.</source>
        <translation>Go on to the end to find the words that tell positive from negative.</translation>
    </message>
    <message>
        <source>글 {n}개에서 {how}로 뽑았어요. 막대는 한쪽에 치우친 정도(로그 오즈비의 z값)예요.</source>
        <translation>Taken from {n} texts by {how}. A bar is how far a word leans to one side (z-score of its log-odds ratio).</translation>
    </message>
</context>
<context>
    <name>WriteCard</name>
    <message>
        <source>지우기</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>이런 글은 어때요?</source>
        <translation>How about one of these?</translation>
    </message>
    <message>
        <source>{n} / {most}자</source>
        <translation>{n} / {most} characters</translation>
    </message>
</context>
<context>
    <name>chat</name>
    <message>
        <source>비슷한 말에서 골랐어요</source>
        <translation>Found among similar sayings</translation>
    </message>
    <message>
        <source>하신 말씀을 되짚었어요</source>
        <translation>Gave back what you said</translation>
    </message>
    <message>
        <source>새로 지었어요</source>
        <translation>Made up anew</translation>
    </message>
    <message>
        <source>정해 둔 답이에요</source>
        <translation>A fixed answer</translation>
    </message>
    <message>
        <source>가르쳐 준 답이에요</source>
        <translation>An answer you taught</translation>
    </message>
    <message>
        <source>꼭 맞는 답을 찾지 못해서, 하신 말씀을 되짚고 더 여쭤봤어요.</source>
        <translation>No stored answer fits well, so it gives back what you said and asks on.</translation>
    </message>
    <message>
        <source>사람이 미리 써 둔 답이에요.</source>
        <translation>Written beforehand by a person.</translation>
    </message>
    <message>
        <source>비슷한 말: {text}</source>
        <translation>Similar saying: {text}</translation>
    </message>
    <message>
        <source>확신 {percent}</source>
        <translation>{percent} sure</translation>
    </message>
    <message>
        <source>나</source>
        <translation>Me</translation>
    </message>
    <message>
        <source>마음결</source>
        <translation>Maumgyeol</translation>
    </message>
</context>
<context>
    <name>comments</name>
    <message>
        <source>외모를 말하고 있어요.</source>
        <translation>It speaks of somebody&apos;s looks.</translation>
    </message>
    <message>
        <source>나이를 말하고 있어요.</source>
        <translation>It speaks of somebody&apos;s age.</translation>
    </message>
    <message>
        <source>몸을 말하고 있어요.</source>
        <translation>It speaks of somebody&apos;s body.</translation>
    </message>
    <message>
        <source>누군가를 깎아내리는 말로 읽혀요.</source>
        <translation>It reads as putting somebody down.</translation>
    </message>
    <message>
        <source>거친 말이 들어 있어요.</source>
        <translation>It has rough words in it.</translation>
    </message>
    <message>
        <source>이 말은 상처가 될 수 있어요.</source>
        <translation>This could hurt.</translation>
    </message>
    <message>
        <source>기본</source>
        <translation>Plain</translation>
    </message>
    <message>
        <source>친근하게</source>
        <translation>Friendly</translation>
    </message>
    <message>
        <source>정중하게</source>
        <translation>Polite</translation>
    </message>
    <message>
        <source>짧게</source>
        <translation>Short</translation>
    </message>
    <message>
        <source>재치있게</source>
        <translation>Witty</translation>
    </message>
</context>
<context>
    <name>emotions</name>
    <message>
        <source>행복</source>
        <translation>Happiness</translation>
    </message>
    <message>
        <source>슬픔</source>
        <translation>Sadness</translation>
    </message>
    <message>
        <source>분노</source>
        <translation>Anger</translation>
    </message>
    <message>
        <source>공포</source>
        <translation>Fear</translation>
    </message>
    <message>
        <source>놀람</source>
        <translation>Surprise</translation>
    </message>
    <message>
        <source>혐오</source>
        <translation>Disgust</translation>
    </message>
    <message>
        <source>중립</source>
        <translation>Neutral</translation>
    </message>
    <message>
        <source>불평/불만</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>환영/호의</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>감동/감탄</source>
        <translation>Touched, in awe</translation>
    </message>
    <message>
        <source>지긋지긋</source>
        <translation>Fed up</translation>
    </message>
    <message>
        <source>고마움</source>
        <translation>Gratitude</translation>
    </message>
    <message>
        <source>화남/분노</source>
        <translation>Anger, rage</translation>
    </message>
    <message>
        <source>존경</source>
        <translation>Respect</translation>
    </message>
    <message>
        <source>기대감</source>
        <translation>Anticipation</translation>
    </message>
    <message>
        <source>우쭐댐/무시함</source>
        <translation>Arrogance</translation>
    </message>
    <message>
        <source>안타까움/실망</source>
        <translation>Disappointment</translation>
    </message>
    <message>
        <source>비장함</source>
        <translation>Resolve</translation>
    </message>
    <message>
        <source>의심/불신</source>
        <translation>Suspicion</translation>
    </message>
    <message>
        <source>뿌듯함</source>
        <translation>Pride</translation>
    </message>
    <message>
        <source>편안/쾌적</source>
        <translation>Comfort</translation>
    </message>
    <message>
        <source>신기함/관심</source>
        <translation>Curiosity</translation>
    </message>
    <message>
        <source>아껴주는</source>
        <translation>Caring</translation>
    </message>
    <message>
        <source>부끄러움</source>
        <translation>Shame</translation>
    </message>
    <message>
        <source>공포/무서움</source>
        <translation>Fear</translation>
    </message>
    <message>
        <source>절망</source>
        <translation>Despair</translation>
    </message>
    <message>
        <source>한심함</source>
        <translation>Pathetic</translation>
    </message>
    <message>
        <source>역겨움/징그러움</source>
        <translation>Disgust</translation>
    </message>
    <message>
        <source>짜증</source>
        <translation>Irritation</translation>
    </message>
    <message>
        <source>어이없음</source>
        <translation>Absurdity</translation>
    </message>
    <message>
        <source>패배/자기혐오</source>
        <translation>Self-loathing</translation>
    </message>
    <message>
        <source>귀찮음</source>
        <translation>Bother</translation>
    </message>
    <message>
        <source>힘듦/지침</source>
        <translation>Exhaustion</translation>
    </message>
    <message>
        <source>즐거움/신남</source>
        <translation>Excitement</translation>
    </message>
    <message>
        <source>깨달음</source>
        <translation>Realisation</translation>
    </message>
    <message>
        <source>죄책감</source>
        <translation>Guilt</translation>
    </message>
    <message>
        <source>증오/혐오</source>
        <translation>Hatred</translation>
    </message>
    <message>
        <source>흐뭇함/귀여움</source>
        <translation>Fondness</translation>
    </message>
    <message>
        <source>당황/난처</source>
        <translation>Embarrassment</translation>
    </message>
    <message>
        <source>경악</source>
        <translation>Shock</translation>
    </message>
    <message>
        <source>부담/안 내킴</source>
        <translation>Reluctance</translation>
    </message>
    <message>
        <source>서러움</source>
        <translation>Sorrow</translation>
    </message>
    <message>
        <source>재미없음</source>
        <translation>Boredom</translation>
    </message>
    <message>
        <source>불쌍함/연민</source>
        <translation>Pity</translation>
    </message>
    <message>
        <source>불안/걱정</source>
        <translation>Anxiety, worry</translation>
    </message>
    <message>
        <source>기쁨</source>
        <translation>Joy</translation>
    </message>
    <message>
        <source>안심/신뢰</source>
        <translation>Relief, trust</translation>
    </message>
    <message>
        <source>툴툴대는</source>
        <translation>Grumpy</translation>
    </message>
    <message>
        <source>좌절한</source>
        <translation>Frustrated</translation>
    </message>
    <message>
        <source>짜증내는</source>
        <translation>Annoyed</translation>
    </message>
    <message>
        <source>방어적인</source>
        <translation>Defensive</translation>
    </message>
    <message>
        <source>악의적인</source>
        <translation>Spiteful</translation>
    </message>
    <message>
        <source>안달하는</source>
        <translation>Impatient</translation>
    </message>
    <message>
        <source>구역질 나는</source>
        <translation>Disgusted</translation>
    </message>
    <message>
        <source>노여워하는</source>
        <translation>Offended</translation>
    </message>
    <message>
        <source>성가신</source>
        <translation>Irritated</translation>
    </message>
    <message>
        <source>실망한</source>
        <translation>Disappointed</translation>
    </message>
    <message>
        <source>비통한</source>
        <translation>Mournful</translation>
    </message>
    <message>
        <source>후회되는</source>
        <translation>Regretful</translation>
    </message>
    <message>
        <source>우울한</source>
        <translation>Depressed</translation>
    </message>
    <message>
        <source>마비된</source>
        <translation>Paralysed</translation>
    </message>
    <message>
        <source>염세적인</source>
        <translation>Pessimistic</translation>
    </message>
    <message>
        <source>눈물이 나는</source>
        <translation>Tearful</translation>
    </message>
    <message>
        <source>낙담한</source>
        <translation>Dismayed</translation>
    </message>
    <message>
        <source>환멸을 느끼는</source>
        <translation>Disillusioned</translation>
    </message>
    <message>
        <source>불안</source>
        <translation>Anxiety</translation>
    </message>
    <message>
        <source>두려운</source>
        <translation>Afraid</translation>
    </message>
    <message>
        <source>스트레스 받는</source>
        <translation>Stressed</translation>
    </message>
    <message>
        <source>취약한</source>
        <translation>Vulnerable</translation>
    </message>
    <message>
        <source>혼란스러운</source>
        <translation>Confused</translation>
    </message>
    <message>
        <source>당혹스러운</source>
        <translation>Bewildered</translation>
    </message>
    <message>
        <source>회의적인</source>
        <translation>Sceptical</translation>
    </message>
    <message>
        <source>걱정스러운</source>
        <translation>Worried</translation>
    </message>
    <message>
        <source>조심스러운</source>
        <translation>Cautious</translation>
    </message>
    <message>
        <source>초조한</source>
        <translation>Nervous</translation>
    </message>
    <message>
        <source>상처</source>
        <translation>Hurt</translation>
    </message>
    <message>
        <source>질투하는</source>
        <translation>Jealous</translation>
    </message>
    <message>
        <source>배신당한</source>
        <translation>Betrayed</translation>
    </message>
    <message>
        <source>고립된</source>
        <translation>Isolated</translation>
    </message>
    <message>
        <source>충격 받은</source>
        <translation>Shocked</translation>
    </message>
    <message>
        <source>가난한, 불우한</source>
        <translation>Deprived</translation>
    </message>
    <message>
        <source>희생된</source>
        <translation>Victimised</translation>
    </message>
    <message>
        <source>억울한</source>
        <translation>Aggrieved</translation>
    </message>
    <message>
        <source>괴로워하는</source>
        <translation>Tormented</translation>
    </message>
    <message>
        <source>버려진</source>
        <translation>Abandoned</translation>
    </message>
    <message>
        <source>당황</source>
        <translation>Embarrassment</translation>
    </message>
    <message>
        <source>고립된(당황한)</source>
        <translation>Cut off</translation>
    </message>
    <message>
        <source>남의 시선을 의식하는</source>
        <translation>Self-conscious</translation>
    </message>
    <message>
        <source>외로운</source>
        <translation>Lonely</translation>
    </message>
    <message>
        <source>열등감</source>
        <translation>Inferior</translation>
    </message>
    <message>
        <source>죄책감의</source>
        <translation>Guilty</translation>
    </message>
    <message>
        <source>부끄러운</source>
        <translation>Ashamed</translation>
    </message>
    <message>
        <source>혐오스러운</source>
        <translation>Repulsive</translation>
    </message>
    <message>
        <source>한심한</source>
        <translation>Pathetic</translation>
    </message>
    <message>
        <source>혼란스러운(당황한)</source>
        <translation>Muddled</translation>
    </message>
    <message>
        <source>감사하는</source>
        <translation>Thankful</translation>
    </message>
    <message>
        <source>신뢰하는</source>
        <translation>Trusting</translation>
    </message>
    <message>
        <source>편안한</source>
        <translation>Comfortable</translation>
    </message>
    <message>
        <source>만족스러운</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <source>흥분</source>
        <translation>Excited</translation>
    </message>
    <message>
        <source>느긋</source>
        <translation>Relaxed</translation>
    </message>
    <message>
        <source>안도</source>
        <translation>Relieved</translation>
    </message>
    <message>
        <source>신이 난</source>
        <translation>Elated</translation>
    </message>
    <message>
        <source>자신하는</source>
        <translation>Confident</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>사진</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>동영상</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>글과 표</source>
        <translation>Texts and tables</translation>
    </message>
    <message>
        <source>열기</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>폴더 열기</source>
        <translation>Open folder</translation>
    </message>
    <message>
        <source>저장</source>
        <translation>Save</translation>
    </message>
</context>
<context>
    <name>reviews</name>
    <message>
        <source>긍정</source>
        <translation>positive</translation>
    </message>
    <message>
        <source>부정</source>
        <translation>negative</translation>
    </message>
    <message>
        <source>중립</source>
        <translation>neutral</translation>
    </message>
    <message>
        <source>파일에는 {label}, 읽은 결과는 {read}: {n}줄 ({share})</source>
        <translation>{label} in the file, read as {read}: {n} rows ({share})</translation>
    </message>
    <message>
        <source>파일 {label}</source>
        <translation>File: {label}</translation>
    </message>
    <message>
        <source>읽음 {label}</source>
        <translation>Read: {label}</translation>
    </message>
    <message>
        <source>그 밖</source>
        <translation>Others</translation>
    </message>
    <message>
        <source>(빈칸)</source>
        <translation>(blank)</translation>
    </message>
    <message>
        <source>{n}초</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n}분</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n}일</source>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{hours}시간 {minutes}분</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>별 {stars}개: {n}줄 ({share})</source>
        <translation>{stars} stars: {n} rows ({share})</translation>
    </message>
    <message>
        <source>빈 줄</source>
        <translation>Blank row</translation>
    </message>
    <message>
        <source>너무 긴 줄</source>
        <translation>Row too long</translation>
    </message>
    <message>
        <source>인코딩이 다른 줄</source>
        <translation>Row in another encoding</translation>
    </message>
    <message>
        <source>깨진 글자가 있는 줄</source>
        <translation>Row with broken letters</translation>
    </message>
    <message>
        <source>널 바이트가 있던 줄</source>
        <translation>Row that had NUL bytes</translation>
    </message>
    <message>
        <source>칸이 남는 줄</source>
        <translation>Row with too many cells</translation>
    </message>
    <message>
        <source>칸이 모자란 줄</source>
        <translation>Row with too few cells</translation>
    </message>
    <message>
        <source>따옴표가 안 닫힌 줄</source>
        <translation>Row with an open quote</translation>
    </message>
    <message>
        <source>뒤가 잘린 줄</source>
        <translation>Row that was cut</translation>
    </message>
    <message>
        <source>{time}: 글이 없어요</source>
        <translation>{time}: no texts</translation>
    </message>
    <message>
        <source>{time}: 글 {n}개, 긍정 {positive}, 중립 {neutral}, 부정 {negative}</source>
        <translation>{time}: {n} texts, {positive} positive, {neutral} neutral, {negative} negative</translation>
    </message>
    <message>
        <source>‘{word}’ {kind} {n}번, 세기 {weight}</source>
        <translation>‘{word}’ {kind}, {n} times, strength {weight}</translation>
    </message>
</context>
<context>
    <name>tabs</name>
    <message>
        <source>리뷰 감성</source>
        <translation>Reviews</translation>
    </message>
    <message>
        <source>글 감정</source>
        <translation>Text emotion</translation>
    </message>
    <message>
        <source>표정</source>
        <translation>Faces</translation>
    </message>
    <message>
        <source>숫자</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>SNS 댓글</source>
        <translation>Comments</translation>
    </message>
    <message>
        <source>대화</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>학습</source>
        <translation>Learning</translation>
    </message>
</context>
</TS>
