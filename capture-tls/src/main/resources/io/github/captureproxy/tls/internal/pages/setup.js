
(function () {
  var check = document.getElementById("check"), again = document.getElementById("again"), host = check.dataset.host;
  function ask(scheme) {
    var end = new AbortController(), timer = setTimeout(function () { end.abort(); }, 8000);
    return fetch(scheme + "://" + host + "/trust-check", { cache: "no-store", credentials: "omit", signal: end.signal })
      .then(function (answer) { return answer.text(); })
      .finally(function () { clearTimeout(timer); });
  }
  function say(kind, text) { check.className = kind; check.textContent = text; }
  function run() {
    say("", "Checking whether this device trusts the authority \u2026");
    ask("https").then(function (text) {
      if (text.indexOf("trusted") !== 0) { throw new Error(text); }
      say("yes", "\u2713 Yes: this device uses the proxy and trusts its authority.");
    }).catch(function () {
      return ask("http").then(function () {
        say("no", "\u2717 No: this device uses the proxy, but doesn't trust its authority yet. Do the steps for the certificate.");
      });
    }).catch(function () {
      say("no", "\u2717 No: this device doesn't use the proxy yet. Start with the first step.");
    });
  }
  again.hidden = false;
  again.addEventListener("click", run);
  var mac = document.getElementById("macos"), ios = document.getElementById("ios");
  if (mac && ios && mac.open && navigator.maxTouchPoints > 1) { mac.open = false; ios.open = true; }
  run();
})();
