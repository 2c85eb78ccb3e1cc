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
    <name>Banner</name>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>CommentPanel</name>
    <message>
        <source>댓글 복사</source>
        <translation>Copy comment</translation>
    </message>
    <message>
        <source>복사했어요</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>CommentsTab</name>
    <message>
        <source>SNS 댓글</source>
        <translation>SNS comments</translation>
    </message>
    <message>
        <source>사진을 놓으면 표정과 사물을 보고 댓글을 세 가지 써요.</source>
        <translation>Drop a photo: its expressions and objects become three comments.</translation>
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
        <translation>Drop a photo or add labels, and they are written at once.</translation>
    </message>
    <message>
        <source>사진을 여는 중…</source>
        <translation>Opening the photo…</translation>
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
        <source>사진을 보는 중…</source>
        <translation>Looking at the photo…</translation>
    </message>
    <message>
        <source>사진에서 쓸 만한 표정이나 사물을 찾지 못했어요. 라벨을 직접 더하면 그에 맞게 써요.</source>
        <translation>No expression or object to write about was found in the photo. Add labels yourself and comments will fit them.</translation>
    </message>
    <message>
        <source>댓글을 복사했어요.</source>
        <translation>Comment copied.</translation>
    </message>
    <message>
        <source>저장했어요: {name}</source>
        <translation>Saved: {name}</translation>
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
</context>
<context>
    <name>EmotionCard</name>
    <message>
        <source>글의 감정</source>
        <translation>Emotion of the text</translation>
    </message>
    <message>
        <source>짧은 대화체 글로 배운 일곱 감정이에요.</source>
        <translation>Seven emotions, learned from short spoken-style texts.</translation>
    </message>
    <message>
        <source>모델 {model}</source>
        <translation>Model {model}</translation>
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
        <source>다른 화면으로 가서 카메라와 영상을 멈췄어요.</source>
        <translation>You went to another tab, so camera and video were stopped.</translation>
    </message>
    <message>
        <source>다시 시작</source>
        <translation>Start again</translation>
    </message>
    <message>
        <source>얼굴을 찾지 못했어요. 얼굴이 더 크고 정면을 보는 사진을 써 보세요.</source>
        <translation>No face was found. Try a photo with a larger face that looks at the camera.</translation>
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
        <source>CSV, TSV, TXT, XLSX · 모든 줄을 읽고 별점을 매겨요</source>
        <translation>CSV, TSV, TXT, XLSX · every row is read and gets its stars</translation>
    </message>
    <message>
        <source>어느 열이 글인가요?</source>
        <translation>Which column holds the text?</translation>
    </message>
    <message>
        <source>이 열 읽기</source>
        <translation>Read this column</translation>
    </message>
    <message>
        <source>다른 열</source>
        <translation>Another column</translation>
    </message>
    <message>
        <source>내보내기</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>줄마다 읽은 결과</source>
        <translation>Result of each row</translation>
    </message>
    <message>
        <source>모두</source>
        <translation>All</translation>
    </message>
    <message>
        <source>글에서 찾기</source>
        <translation>Find in the texts</translation>
    </message>
    <message>
        <source>줄을 두 번 누르면 왜 그렇게 읽었는지 볼 수 있어요.</source>
        <translation>Double-click a row to see why it was read that way.</translation>
    </message>
    <message>
        <source>{name}에서 읽을 글이 든 열을 골라 주세요.</source>
        <translation>Choose the column of {name} that holds the texts.</translation>
    </message>
    <message>
        <source>‘{column}’ 열에서 글 {n}개를 읽었어요. 평균 별 {stars}개.</source>
        <translation>Read {n} texts of column “{column}”. {stars} stars on average.</translation>
    </message>
    <message>
        <source>비었거나 너무 긴 {n}줄은 건너뛰었어요.</source>
        <translation>{n} rows that were empty or too long were skipped.</translation>
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
        <translation>Add labels (e.g. 기쁨, 바다)</translation>
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
</context>
<context>
    <name>LearningTab</name>
    <message>
        <source>학습</source>
        <translation>Learning</translation>
    </message>
    <message>
        <source>고친 답으로 모델을 다시 가르쳐요. 더 나아졌을 때만 바꾸고, 언제든 되돌려요.</source>
        <translation>Teaches the models your corrections. They change only when they got better, and you can always go back.</translation>
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
        <source>읽을 수 없는 개인 모델</source>
        <translation>unreadable personal model</translation>
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
        <source>데이터 폴더: {folder}</source>
        <translation>Data folder: {folder}</translation>
    </message>
    <message>
        <source>로그 열기</source>
        <translation>Open log</translation>
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
        <source>‘{label}’(으)로 고쳤어요. 학습 탭에서 다시 학습하면 배워요.</source>
        <translation>Corrected to “{label}”. Retrain in the Learning tab to learn it.</translation>
    </message>
    <message>
        <source>고친 답을 저장했어요.</source>
        <translation>The correction is stored.</translation>
    </message>
    <message>
        <source>결과를 복사했어요.</source>
        <translation>Result copied.</translation>
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
        <source>PNG, JPG, WEBP · 사진은 이 컴퓨터를 떠나지 않아요</source>
        <translation>PNG, JPG, WEBP · photos never leave this computer</translation>
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
        <source>얼굴 {n}</source>
        <translation>Face {n}</translation>
    </message>
    <message>
        <source>초당 {n:.0f}장</source>
        <translation>{n:.0f} per second</translation>
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
        <source>원래 알던 것 (기본 문제)</source>
        <translation>What it knew before (retention set)</translation>
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
        <source>강한 낱말이 있으면 그 낱말을 따르기 (고전 방식)</source>
        <translation>Follow strong words where there are any (the classic way)</translation>
    </message>
    <message>
        <source>재 보니 모델보다 덜 맞아요. 그래서 기본으로는 보여 주기만 해요.</source>
        <translation>Measured, it is right less often than the model, so by default strong words are only shown.</translation>
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
        <source>별 {n}개</source>
        <translation>{n} stars</translation>
    </message>
    <message>
        <source>모델 {model} · 낱말 나누기 {tokenizer}</source>
        <translation>Model {model} · words by {tokenizer}</translation>
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
        <source>{name}을(를) 여는 중이에요…</source>
        <translation>Opening {name}…</translation>
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
        <source>멈췄어요.</source>
        <translation>Stopped.</translation>
    </message>
    <message>
        <source>글을 읽는 중이에요…</source>
        <translation>Reading the texts…</translation>
    </message>
    <message>
        <source>{name}: 글 {n}개, 긍정 {positive}, 부정 {negative}</source>
        <translation>{name}: {n} texts, {positive} positive, {negative} negative</translation>
    </message>
    <message>
        <source>{name}-마음결.xlsx</source>
        <translation>{name}-maumgyeol.xlsx</translation>
    </message>
    <message>
        <source>저장하는 중이에요…</source>
        <translation>Saving…</translation>
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
    <name>ScoredModel</name>
    <message>
        <source>글</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>판단</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>확신</source>
        <translation>Sure</translation>
    </message>
    <message>
        <source>별점</source>
        <translation>Stars</translation>
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
        <source>개인 {n} · {when} · 고친 답 {count}개</source>
        <translation>personal {n} · {when} · {count} corrections</translation>
    </message>
    <message>
        <source> · 예전 기본 모델용이라 쓰지 않아요</source>
        <translation> · made for an older shipped model, not used</translation>
    </message>
</context>
<context>
    <name>WriteCard</name>
    <message>
        <source>리뷰</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>영화나 물건의 리뷰를 써 보세요. 쓰는 동안 바로 읽어요.</source>
        <translation>Write a review of a film or a product. It is read as you write.</translation>
    </message>
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
        <source>행복</source>
        <translation>happiness</translation>
    </message>
    <message>
        <source>슬픔</source>
        <translation>sadness</translation>
    </message>
    <message>
        <source>분노</source>
        <translation>anger</translation>
    </message>
    <message>
        <source>공포</source>
        <translation>fear</translation>
    </message>
    <message>
        <source>놀람</source>
        <translation>surprise</translation>
    </message>
    <message>
        <source>혐오</source>
        <translation>disgust</translation>
    </message>
    <message>
        <source>중립</source>
        <translation>neutral</translation>
    </message>
</context>
<context>
    <name>tabs</name>
    <message>
        <source>리뷰 감성</source>
        <translation>Reviews</translation>
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
        <source>학습</source>
        <translation>Learning</translation>
    </message>
</context>
</TS>
