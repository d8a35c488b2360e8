"""Unpacks the wanted files of one wheel and prints what it wrote as JSON: {path: {"bytes", "sha256"}}.

Called as: unpack_wheel.py WHEEL FOLDER '{"prefixes": [...], "pattern": "..." or null}'
zipfile compares every file with the checksum in the archive. Runs on Python 3.7 and later.
"""
import hashlib
import json
import os
import re
import sys
import zipfile

wheel, folder, wanted = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
pattern = re.compile(wanted["pattern"]) if wanted["pattern"] else None
written = {}
parent = os.getppid()
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        name = entry.filename
        if entry.is_dir() or not (name.startswith(tuple(wanted["prefixes"])) or (pattern and pattern.match(name))):
            continue
        if os.path.isabs(name) or ".." in name.split("/"):
            sys.exit("the wheel holds an unsafe path: " + name)
        target = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with archive.open(entry) as source, open(target, "wb") as sink:
            while True:
                if os.getppid() != parent:
                    sys.exit("the set-up was killed")  # else this folder grows on while the next set-up sweeps it
                chunk = source.read(1 << 20)
                if not chunk:
                    break
                digest.update(chunk)
                size += len(chunk)
                sink.write(chunk)
        written[name] = {"bytes": size, "sha256": digest.hexdigest()}
json.dump(written, sys.stdout)
