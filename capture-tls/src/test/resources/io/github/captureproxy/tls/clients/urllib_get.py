import ssl, sys, urllib.request

port, url, version = sys.argv[1:]
context = ssl.create_default_context()
context.minimum_version = context.maximum_version = {
    "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({"https": "http://127.0.0.1:" + port}),
    urllib.request.HTTPSHandler(context=context))
print(opener.open(url, timeout=30).read().decode())
