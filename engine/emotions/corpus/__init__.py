"""The 감성대화말뭉치: read, and its emotion codes counted."""
