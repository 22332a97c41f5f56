"""Calls FuseFaceUltra as the official Python client does, with nothing but Python's own library.

Reads {"endpoint", "secretId", "secretKey", "method", "signMethod", "language", "parameters"} as JSON from standard
input and writes the answer's Response member, with the status and Content-Type that came with it, to standard output.
"""

import base64
import datetime
import hashlib
import hmac
import http.client
import json
import random
import sys
import time
import urllib.parse

FORM = "application/x-www-form-urlencoded"


def flat(prefix, value):
    """Spells parameters out: MergeInfos.0.Url."""
    if isinstance(value, dict):
        pairs = ((str(name), member) for name, member in value.items())
    elif isinstance(value, list):
        pairs = ((str(index), member) for index, member in enumerate(value))
    else:
        return {prefix: value}
    joined = {}
    for name, member in pairs:
        joined.update(flat(f"{prefix}.{name}" if prefix else name, member))
    return joined


def sign(key, text, digest=hashlib.sha256):
    return hmac.new(key, text.encode("utf-8"), digest)


def tc3_headers(call, content_type, query, payload):
    timestamp = int(time.time())
    moment = datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc)
    scope = f"{moment:%Y-%m-%d}/facefusion/tc3_request"
    canonical = "\n".join([
        call["method"], "/", query,
        f"content-type:{content_type}", f"host:{call['endpoint']}", "",
        "content-type;host", hashlib.sha256(payload.encode("utf-8")).hexdigest()])
    digest = hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    text = f"TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{digest}"
    key = ("TC3" + call["secretKey"]).encode("utf-8")
    for part in scope.split("/"):
        key = sign(key, part).digest()
    return {
        "Content-Type": content_type,
        "Host": call["endpoint"],
        "X-TC-Action": "FuseFaceUltra",
        "X-TC-RequestClient": "SDK_PYTHON_3.1.162",
        "X-TC-Timestamp": str(timestamp),
        "X-TC-Version": "2022-09-27",
        "X-TC-Region": "ap-guangzhou",
        "X-TC-Language": call["language"],
        "Authorization": f"TC3-HMAC-SHA256 Credential={call['secretId']}/{scope}, "
                         f"SignedHeaders=content-type;host, Signature={sign(key, text).hexdigest()}",
    }


def v1_form(call):
    pairs = flat("", call["parameters"])
    pairs.update({
        "Action": "FuseFaceUltra",
        "RequestClient": "SDK_PYTHON_3.1.162",
        "Nonce": random.randint(1, sys.maxsize),
        "Timestamp": int(time.time()),
        "Version": "2022-09-27",
        "Region": "ap-guangzhou",
        "SecretId": call["secretId"],
        "SignatureMethod": call["signMethod"],
        "Language": call["language"],
    })
    joined = "&".join(f"{name}={pairs[name]}" for name in sorted(pairs))
    text = f"{call['method']}{call['endpoint']}/?{joined}"
    digest = hashlib.sha1 if call["signMethod"] == "HmacSHA1" else hashlib.sha256
    signature = sign(call["secretKey"].encode("utf-8"), text, digest).digest()
    pairs["Signature"] = base64.b64encode(signature).decode("ascii")
    return urllib.parse.urlencode(pairs)


def request(call):
    """Returns target, body and headers."""
    is_get = call["method"] == "GET"
    if call["signMethod"] != "TC3-HMAC-SHA256":
        form = v1_form(call)
        return (f"/?{form}", None, {}) if is_get else ("/", form, {"Content-Type": FORM})
    if is_get:
        query = urllib.parse.urlencode(flat("", call["parameters"]))
        return f"/?{query}", None, tc3_headers(call, FORM, query, "")
    body = json.dumps(call["parameters"])
    return "/", body, tc3_headers(call, "application/json", "", body)


def main():
    call = json.load(sys.stdin)
    target, body, headers = request(call)
    connection = http.client.HTTPConnection(call["endpoint"], timeout=60)
    connection.request(call["method"], target, body, headers)
    answer = connection.getresponse()
    json.dump({
        "status": answer.status,
        "contentType": answer.getheader("Content-Type"),
        "response": json.load(answer)["Response"],
    }, sys.stdout)


main()
