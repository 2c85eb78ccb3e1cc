#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Every chore of the project in one script: python dev.py run | test | check | build | bench."""

import sys

if sys.version_info < (3, 11):
    # This file alone must parse on any Python, to say so instead of a SyntaxError.
    sys.stderr.write(
        "dev.py: Python 3.11 or newer is needed; this is Python %d.%d (%s).\n"
        "        Python 3.11 이상이 필요해요. https://www.python.org/downloads/ 에서 설치하거나,\n"
        "        있으면 이렇게 실행해 주세요 / or, where it is installed: python3.11 dev.py run\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(2)

from devtools.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
