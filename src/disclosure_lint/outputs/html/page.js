// What all pages have in common: the language, and how elements are made. Text is only ever set as text.
"use strict";
const root = document.documentElement;
const english = () => root.lang === "en";
const say = (zh, en) => (english() ? en : zh);

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const told = [];
function speak(lang) {
  root.lang = lang;
  const button = document.getElementById("lang");
  button.textContent = say("English", "中文");
  button.lang = say("en", "zh-CN");
  for (const option of document.querySelectorAll("option[data-en]")) {
    option.dataset.zh = option.dataset.zh || option.textContent;
    option.textContent = say(option.dataset.zh, option.dataset.en);
  }
  told.forEach((tell) => tell());
}

document.getElementById("lang").addEventListener("click", () => {
  const lang = english() ? "zh-CN" : "en";
  try { localStorage.setItem("lang", lang); } catch (error) { /* a page from a file may remember nothing */ }
  speak(lang);
});
let remembered = null;
try { remembered = localStorage.getItem("lang"); } catch (error) { /* as above */ }
speak(remembered || root.lang);
