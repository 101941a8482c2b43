// How the person writes dates and names: the browser's own choice, as long as it is the language of the page.

const language = document.documentElement.lang;

export const locale = navigator.languages.find((one) => one.split("-")[0] === language) ?? language;
