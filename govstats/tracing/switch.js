"use strict";
(function () {
  var root = document.documentElement, button = document.getElementById("language");
  function speak(english) {
    root.lang = english ? "en" : "zh-CN";
    button.textContent = english ? "中文" : "English";
    button.lang = english ? "zh-CN" : "en";
    document.title = english ? root.dataset.titleEn : root.dataset.titleZh;
  }
  button.hidden = false;
  button.addEventListener("click", function () { speak(root.lang !== "en"); });
  if (/[?&]lang=en\b/.test(location.search)) { speak(true); }
}());
