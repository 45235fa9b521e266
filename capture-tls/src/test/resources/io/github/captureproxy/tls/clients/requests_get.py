import ssl, sys
import requests
from requests.adapters import HTTPAdapter

port, url, version = sys.argv[1:]


class OneVersion(HTTPAdapter):
    def options(self, given):
        context = ssl.create_default_context()
        context.minimum_version = context.maximum_version = {
            "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}[version]
        return {**given, "ssl_context": context}

    def init_poolmanager(self, *arguments, **given):
        return super().init_poolmanager(*arguments, **self.options(given))

    def proxy_manager_for(self, proxy, **given):
        return super().proxy_manager_for(proxy, **self.options(given))


session = requests.Session()
session.mount("https://", OneVersion())
print(session.get(url, proxies={"https": "http://127.0.0.1:" + port}, timeout=30).text)
